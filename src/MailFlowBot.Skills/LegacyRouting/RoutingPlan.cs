using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// The one action of the article that a machine may take: restart MSExchangeTransport on the 2007 hub, which reads its routing tables anew
/// (Procedure 1, step 7). It rests on what the hub's restricted Windows endpoint answered: the service, and an event of routing or
/// submission. What was reported or pasted cannot stand in for either.
/// </summary>
internal static class RoutingPlan
{
    public static IEnumerable<ReadOperation> Needs(ExchangeServer hub, Readings readings) =>
        hub.Generation == ExchangeGeneration.Exchange2007 ? new RestartService(hub.Name, WindowsService.Transport).Needs(readings) : [];

    /// <summary>The plan; or neither plan nor refusal where it is a step for people.</summary>
    public static (FixPlan? Plan, ChangeRefusal? Refusal) For(RoutingPicture picture)
    {
        if (picture is not { Hub: { Generation: ExchangeGeneration.Exchange2007 } hub, TransportService: { } service } || !IsGrounded(picture, service))
            return (null, null);
        ServiceChange step = service.Status == ServiceStatus.Stopped
            ? new StartService(hub.Name, WindowsService.Transport)
            : new RestartService(hub.Name, WindowsService.Transport);
        var judgement = Judgement.OfPlan([step], picture.Examined.Readings, picture.Examined.Now);
        if ((judgement.Refusal ?? picture.Examined.PastedRefusal) is { } refusal)
            return (null, refusal);
        var server = ("server", hub.Name.Value);
        return (
            new FixPlan(
                FindingClass.Legacy2007Routing,
                [step],
                [Line.Of("legacy-routing.plan-afterwards", server, ("command", RoutingCommands.RetryQueue))],
                [Line.Of("legacy-routing.question-steps-done", server), Line.Of("legacy-routing.question-queue", server, ("command", RoutingCommands.CountQueues))],
                judgement,
                Line.Of("legacy-routing.effect", server),
                Line.Of("legacy-routing.risk", server)),
            null);
    }

    private static bool IsGrounded(RoutingPicture picture, ServiceReading service) =>
        (service is { Status: ServiceStatus.Stopped, StartType: ServiceStartType.Automatic })
        || (service.Status == ServiceStatus.Running
            && (picture.Logged("MSExchangeTransport", WatchedEvents.NoRouteToStore)
                || picture.Logged("MSExchangeTransport", WatchedEvents.NoRouteToConnector)
                || picture.Logged("MSExchangeMailSubmission", RoutingPicture.SubmissionFailed)));
}
