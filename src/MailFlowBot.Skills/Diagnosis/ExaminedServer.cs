using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>One server under examination.</summary>
/// <param name="Readings">What endpoints answered.</param>
/// <param name="Pasted">What people pasted, counted as if it were true: only good for holding a plan back.</param>
public sealed record ExaminedServer(ServerName Server, SymptomReading Reading, Readings Readings, Readings Pasted, DateTimeOffset Now)
{
    public MaintenanceEvidence Maintenance => MaintenanceEvidence.Of(Server, Readings, Now);

    public UpdateEvidence Update => UpdateEvidence.Of(Server, Readings);

    /// <summary>The refusal that follows from what people pasted; null when nothing does.</summary>
    public ChangeRefusal? PastedRefusal =>
        MaintenanceEvidence.Of(Server, Pasted, Now).InMaintenance ? ChangeRefusal.Maintenance
        : UpdateEvidence.Of(Server, Pasted).Signs.Count > 0 ? ChangeRefusal.InterruptedUpdate
        : null;
}
