using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// The resets of KB 2866822, Resolution. The KB tries Functional and then Maintenance; here only the requester that was read is
/// ever
/// used, one requester a plan: setting Active for another one succeeds silently and changes nothing (KB 2958835).
/// </summary>
internal static class InactivePlan
{
    /// <summary>
    /// Reads that judging a reset and a restart takes on any server, known before it is known whether there will be a plan.
    /// </summary>
    public static IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        new SetComponentState(server, ComponentName.HubTransport, Requester.Functional, ComponentState.Active).Needs(readings)
            .Concat(new RestartService(server, WindowsService.Transport).Needs(readings));

    /// <summary>The plan, or the judgement that refuses it.</summary>
    public static (FixPlan? Plan, ChangeRefusal? Refusal) For(ExaminedServer examined, ComponentPicture picture)
    {
        var requester = picture.Requesters.Contains(Requester.Functional) ? Requester.Functional : Requester.Maintenance;
        var held = picture.Held.Where(component => component.Holding.Any(entry => entry.Requester == requester)).ToList();
        var resets = held
            .Select(component => new SetComponentState(examined.Server, component.Component, requester, ComponentState.Active))
            .ToList();
        var judged = Judgement.OfPlan(resets, examined.Readings, examined.Now);
        if ((judged.Refusal ?? examined.PastedRefusal) is { } refusal)
            return (null, refusal);

        var restarts = held.Where(component => WillBeActive(component, requester, picture))
            .Select(component => WindowsService.For(component.Component))
            .OfType<WindowsService>()
            .Select(service => Restart(examined, service))
            .ToList();
        var allowed = restarts.Where(restart => restart.Judge(examined.Readings, examined.Now).Refusal is null).ToList();
        ChangeOperation[] steps = [.. resets, .. allowed];
        var server = ("server", examined.Server.Value);
        return (
            new FixPlan(
                FindingClass.ComponentInactive,
                steps,
                Guided(examined, picture, requester, restarts.Except(allowed)),
                Questions(examined, picture, requester),
                Judgement.OfPlan(steps, examined.Readings, examined.Now),
                Line.Of(allowed.Count > 0 ? "component-inactive.effect-restart" : "component-inactive.effect", server),
                Line.Of("component-inactive.risk", server)),
            null);
    }

    private static bool WillBeActive(ComponentReading component, Requester lifted, ComponentPicture picture) =>
        component.Holding.All(entry => entry.Requester == lifted)
        && !picture.NoRequester.Any(other => other.Component == ComponentName.ServerWideOffline)
        && picture.Held
            .Where(other => other.Component == ComponentName.ServerWideOffline)
            .All(offline => offline.Holding.All(entry => entry.Requester == lifted));

    private static ChangeOperation Restart(ExaminedServer examined, WindowsService service) =>
        examined.Readings.Services(examined.Server)?.Find(service)?.Status == ServiceStatus.Stopped
            ? new StartService(examined.Server, service)
            : new RestartService(examined.Server, service);

    private static List<Line> Guided(
        ExaminedServer examined, ComponentPicture picture, Requester requester, IEnumerable<ChangeOperation> byHand)
    {
        var lines = byHand
            .Select(restart => Line.Of(
                "component-inactive.restart-by-hand", ("server", examined.Server.Value), ("command", CommandText.Of(restart))))
            .ToList();
        if (picture.Requesters.FirstOrDefault(other => other != requester) is { Value: not null } next)
            lines.Add(Line.Of("component-inactive.next-requester", ("requester", next.Value), ("first", requester.Value)));
        if (requester == Requester.Maintenance && examined.Readings.Inventory?.Find(examined.Server)?.Dag is { } dag)
        {
            lines.Add(Line.Of(
                "component-inactive.dag-procedure",
                ("dag", dag),
                ("command", $"StopDagServerMaintenance.ps1 -ServerName {examined.Server}")));
        }

        return lines;
    }

    private static List<Line> Questions(ExaminedServer examined, ComponentPicture picture, Requester requester)
    {
        var questions = new List<Line>();
        if (requester == Requester.Maintenance)
            questions.Add(Line.Of("component-inactive.owner-question", ("server", examined.Server.Value)));
        if (examined.Reading.HasSignal("phrase", "maintenance") && requester != Requester.Maintenance)
            questions.Add(Line.Of("component-inactive.maintenance-mentioned", ("server", examined.Server.Value)));
        if (picture.Held.Any(component => component.Component == ComponentName.ServerWideOffline) && requester == Requester.Functional)
            questions.Add(Line.Of("component-inactive.setup-question", ("server", examined.Server.Value)));
        return questions;
    }
}
