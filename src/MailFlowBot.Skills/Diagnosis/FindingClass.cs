using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>Classes of findings: the symptom classes that can be examined, and three that only an examination can tell.</summary>
public static class FindingClass
{
    public const string ComponentInactive = SymptomClass.ComponentInactive;
    public const string TransportServiceDown = SymptomClass.TransportServiceDown;

    public const string Legacy2007Routing = SymptomClass.Legacy2007Routing;
    public const string LegacySmtpVerbs = SymptomClass.LegacySmtpVerbs;

    /// <summary>People took the server out on purpose.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Setup or an update runs, was interrupted, or waits for a restart of the machine.</summary>
    public const string InterruptedUpdate = "interrupted_update";

    /// <summary>The server could not be seen, which says nothing about mail.</summary>
    public const string NotSeen = "not_seen";
}
