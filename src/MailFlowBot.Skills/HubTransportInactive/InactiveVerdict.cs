using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>Components that do not work, without signs of maintenance or of an update.</summary>
internal static class InactiveVerdict
{
    public static Verdict Of(ExaminedServer examined, ComponentPicture picture)
    {
        var (plan, refusal) = Refusal(picture) is { } refused ? (null, refused) : InactivePlan.For(examined, picture);
        var observed = new Observations(examined, picture);
        var finding = new Finding(
            FindingClass.ComponentInactive,
            examined.Server,
            observed.Explains(),
            observed.Confidence(),
            Article.Id,
            plan is null ? Article.Cause : plan.Steps.Any(step => step is RestartService) ? Article.ResolutionBoth : Article.Resolution1,
            Headline(examined, picture),
            [.. observed.Components(), .. observed.Door(), .. observed.Alone(), .. observed.Services(), .. observed.Quiet(), .. observed.Maintenance()],
            [.. observed.PeersServing(), .. observed.DoorAgainst(), .. Pasted(examined)],
            observed.Missing());
        return new Verdict(
            [finding],
            plan,
            plan is null && refusal is { } code ? RefusalCode.Of(code) : null,
            plan is null ? Runbook(examined, picture, refusal) : []);
    }

    // No rule about requesters is decided here: the guards would refuse the same. It keeps a plan for one component from being
    // offered
    // while something that no machine may lift holds another one.
    private static ChangeRefusal? Refusal(ComponentPicture picture) =>
        picture.Contradictory.Count > 0 || picture.Held.Count == 0 ? ChangeRefusal.NotSeen
        : picture.Requesters.Any(requester => !Known.Contains(requester)) ? ChangeRefusal.RequesterNotAllowed
        : picture.Requesters.Contains(Requester.HealthApi) ? ChangeRefusal.ManagedAvailability
        : null;

    private static readonly IReadOnlyList<Requester> Known = [Requester.Functional, Requester.Maintenance, Requester.HealthApi];

    private static Line Headline(ExaminedServer examined, ComponentPicture picture)
    {
        var server = ("server", examined.Server.Value);
        if (picture.BlockingMail.Concat(picture.Held).Concat(picture.NoRequester).FirstOrDefault() is not { } main)
            return Line.Of("component-inactive.headline-contradictory", server, ("component", picture.Contradictory[0].Component.Value));
        var component = ("component", main.Component.Value);
        var state = ("state", main.State == ComponentState.Active ? nameof(ComponentState.Inactive) : main.State.ToString());
        return main.Holding.FirstOrDefault() is { } entry
            ? Line.Of(
                "component-inactive.headline",
                server,
                component,
                state,
                ("requester", string.Join(", ", main.Holding.Select(held => held.Requester.Value))),
                ("since", Witness.Time(entry)))
            : Line.Of("component-inactive.headline-no-requester", server, component, state);
    }

    private static IEnumerable<ComponentName> Unclear(ComponentPicture picture) =>
        picture.Contradictory.Concat(picture.NoRequester).Select(component => component.Component);

    private static string Names<T>(IEnumerable<T> named) => string.Join(", ", named.Distinct());

    private static string ShowEntries(ServerName server) =>
        $"Get-ServerComponentState -Identity {server} | Format-List Component,State,LocalStates,RemoteStates";

    private static IEnumerable<Evidence> Pasted(ExaminedServer examined) => examined.PastedRefusal is { } refusal
        ? [new Evidence(Line.Of("evidence.pasted", ("refusal", RefusalCode.Of(refusal))), null, null)]
        : [];

    private static List<Line> Runbook(ExaminedServer examined, ComponentPicture picture, ChangeRefusal? refusal)
    {
        var server = ("server", examined.Server.Value);
        return refusal switch
        {
            ChangeRefusal.ManagedAvailability =>
            [
                Line.Of("runbook.health-api", server, ("command", $"Get-ServerHealth -Identity {examined.Server}")),
                Line.Of("runbook.health-report", server, ("command", $"Get-HealthReport -Identity {examined.Server}")),
            ],
            ChangeRefusal.RequesterNotAllowed =>
                [Line.Of("runbook.requester-not-allowed", server, ("requesters", Names(picture.Requesters.Where(other => !Known.Contains(other)))))],
            ChangeRefusal.Maintenance or ChangeRefusal.InterruptedUpdate => [Line.Of("runbook.person-says", server)],
            _ =>
            [
                Line.Of("runbook.cannot-decide", server, ("components", Names(Unclear(picture)))),
                Line.Of("runbook.show-entries", server, ("command", ShowEntries(examined.Server))),
            ],
        };
    }
}
