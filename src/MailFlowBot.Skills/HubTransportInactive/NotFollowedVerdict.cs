using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// All components are Active and the Transport service still says 4.3.2: somebody set the component and did not restart the service,
/// which takes an Active over only when it starts (KB 2866822, Resolution, step 2).
/// </summary>
internal static class NotFollowedVerdict
{
    public static bool Applies(ExaminedServer examined) =>
        new DoorPicture(examined.Server, examined.Readings).Refuses
        && examined.Readings.Components(examined.Server)?.Find(ComponentName.HubTransport)?.State == ComponentState.Active
        && examined.Readings.Services(examined.Server)?.Find(WindowsService.Transport)?.Status is null or ServiceStatus.Running;

    public static Verdict Of(ExaminedServer examined, ComponentPicture picture)
    {
        var restart = new RestartService(examined.Server, WindowsService.Transport);
        var judged = Judgement.OfPlan([restart], examined.Readings, examined.Now);
        var refusal = judged.Refusal ?? examined.PastedRefusal;
        var server = ("server", examined.Server.Value);
        var observed = new Observations(examined, picture);
        var finding = new Finding(
            FindingClass.ComponentInactive,
            examined.Server,
            observed.PeersServing().Any() ? Explains.Partly : Explains.Explains,
            Math.Round(observed.Confidence() - 0.15, 2),
            Article.Id,
            Article.Resolution2,
            Line.Of("component-inactive.headline-not-followed", server),
            [.. observed.Door(), .. observed.Alone(), .. observed.Services(), .. observed.Quiet(), .. observed.Maintenance()],
            [.. observed.PeersServing()],
            observed.Missing());
        return refusal is { } code
            ? new Verdict([finding], null, RefusalCode.Of(code), Runbook(code, restart))
            : new Verdict(
                [finding],
                new FixPlan(
                    FindingClass.ComponentInactive,
                    [restart],
                    [],
                    [],
                    judged,
                    Line.Of("component-inactive.effect-restart", server),
                    Line.Of("component-inactive.risk-restart", server)),
                null,
                []);
    }

    private static IReadOnlyList<Line> Runbook(ChangeRefusal refusal, RestartService restart)
    {
        var server = ("server", restart.Server.Value);
        return refusal switch
        {
            ChangeRefusal.Maintenance => [Line.Of("runbook.ask-owner", server)],
            ChangeRefusal.InterruptedUpdate => [Line.Of("runbook.finish-update", server)],
            ChangeRefusal.NotSeen => [Line.Of("component-inactive.restart-by-hand", server, ("command", CommandText.Of(restart)))],
            _ => [Line.Of("runbook.before-restart", server)],
        };
    }
}
