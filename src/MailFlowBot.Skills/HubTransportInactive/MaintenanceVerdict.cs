using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// A server that people took out on purpose: said with its signs, never fixed (KB 2866822, Cause, second paragraph).
/// </summary>
internal static class MaintenanceVerdict
{
    public static Verdict Of(ExaminedServer examined, ComponentPicture picture)
    {
        var observed = new Observations(examined, picture);
        var server = ("server", examined.Server.Value);
        var finding = new Finding(
            FindingClass.Maintenance,
            examined.Server,
            observed.Explains(),
            observed.Confidence(),
            Article.Id,
            Article.Cause,
            Line.Of(examined.Maintenance.Sightings.All(sighting => sighting.Sign is MaintenanceSign.YoungEntry or MaintenanceSign.Draining)
                ? "maintenance.headline-window"
                : "maintenance.headline", server),
            [.. observed.Maintenance(), .. observed.Components(), .. observed.Alone(), .. observed.Services()],
            [.. observed.PeersServing()],
            observed.Missing());
        return new Verdict(
            UpdateVerdict.Applies(examined, picture) ? [finding, UpdateVerdict.Finding(examined, picture)] : [finding],
            null,
            RefusalCode.Of(ChangeRefusal.Maintenance),
            Runbook(examined));
    }

    private static List<Line> Runbook(ExaminedServer examined)
    {
        var server = ("server", examined.Server.Value);
        var lines = new List<Line> { Line.Of("runbook.ask-owner", server), Line.Of("runbook.check-peers", server) };
        if (examined.Readings.Inventory?.Find(examined.Server)?.Dag is { } dag)
        {
            lines.Add(Line.Of(
                "runbook.stop-dag-maintenance",
                server,
                ("dag", dag),
                ("command", $"StopDagServerMaintenance.ps1 -ServerName {examined.Server}")));
        }

        return lines;
    }
}
