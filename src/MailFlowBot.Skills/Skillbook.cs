using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.HubTransportInactive;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.TransportStopped;

namespace MailFlowBot.Skills;

/// <summary>All skills there are, in the order they look at a server.</summary>
public static class Skillbook
{
    public static IReadOnlyList<ISkill> All { get; } = [new HubTransportInactiveSkill(), new TransportStoppedSkill()];

    /// <summary>An examination by all skills.</summary>
    /// <param name="servers">Servers asked for explicitly; empty: those the reading names, or none.</param>
    public static Examination Begin(SymptomReading reading, IReadOnlyList<ServerName> servers) =>
        Examination.Begin(reading, servers, All);
}
