using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>The table of the article: from what is seen to what is suspected first, and what would confirm or refute it.</summary>
internal static class Suspicions
{
    private const string Transport = "MSExchangeTransport";
    private const string MailSubmission = "MSExchangeMailSubmission";

    /// <returns>Most likely first; empty when nothing points to this article.</returns>
    public static IReadOnlyList<Suspicion> Of(RoutingPicture picture)
    {
        var found = new[]
        {
            StoreNotVisible(picture), NoConnector(picture), StoreRightsDenied(picture), FolderHierarchies(picture), SubmissionToHub(picture),
            Authentication(picture), RemovedServer(picture),
        }.Where(suspicion => suspicion.Evidence.Count > 0).OrderByDescending(suspicion => suspicion.Confidence).ToList();
        return found.Count > 0 ? found : picture.Examined.Reading.Class == SymptomClass.Legacy2007Routing ? [NotTold()] : [];
    }

    private static Suspicion StoreNotVisible(RoutingPicture picture)
    {
        var suspicion = new Suspicion(RoutingCause.StoreNotVisible)
            .For(picture.Logged(Transport, WatchedEvents.NoRouteToStore), 0.7, FromEvents(picture, Transport, WatchedEvents.NoRouteToStore))
            .For(picture.Says(RoutingSign.NoRoute) || picture.Queues?.Unreachable > 0, 0.6, "legacy-routing.said-no-route")
            .For(picture.Queues is { Unreachable: > 0 }, 0.2, "legacy-routing.paste-unreachable", ("count", $"{picture.Queues?.Unreachable}"));
        foreach (var store in picture.Stores)
        {
            suspicion
                .For(store.Denied.Any() || store.NotListed.Any(), 0.5, Rights("legacy-routing.paste-rights-wrong", store))
                .For(store.Inherits == false, 0.5, "legacy-routing.paste-no-inheritance", ("object", store.Object))
                .But(store.AllAllowed && store.Inherits != false, 0.3, Rights("legacy-routing.paste-rights-right", store));
        }

        foreach (var older in picture.OlderServers)
        {
            var listed = picture.RoutingConfig?.Lists(older);
            suspicion
                .For(listed == false, 0.4, "legacy-routing.paste-store-not-listed", ("server", older.Value))
                .But(listed == true, 0.5, "legacy-routing.paste-store-listed", ("server", older.Value));
        }

        return WithoutOlder(suspicion, picture);
    }

    private static Suspicion NoConnector(RoutingPicture picture)
    {
        var one = picture.Connectors is ConnectorDirections.FromExchange2007Only or ConnectorDirections.ToExchange2007Only;
        return WithoutOlder(
            new Suspicion(RoutingCause.NoRoutingGroupConnector)
                .For(picture.Connectors == ConnectorDirections.None, 0.75, "legacy-routing.paste-no-connector")
                .For(one, 0.7, "legacy-routing.paste-one-direction", ("direction", $"{picture.Connectors}"))
                .For(
                    picture.Logged(Transport, WatchedEvents.NoRouteToConnector), 0.65, FromEvents(picture, Transport, WatchedEvents.NoRouteToConnector))
                .For(picture.Says(RoutingSign.UnreachableOn2003), 0.65, "legacy-routing.said-unreachable-both")
                .For(picture.Says(RoutingSign.RoutingGroupConnector) && picture.Connectors is null, 0.45, "legacy-routing.said-connector")
                .But(picture.Connectors == ConnectorDirections.Both, 0.7, "legacy-routing.paste-both-directions"),
            picture);
    }

    private static Suspicion StoreRightsDenied(RoutingPicture picture)
    {
        // On 2010 a MapiDelivery queue that waits is a dismounted database first, and that is another matter.
        var dismounted = picture.Hub?.Generation == ExchangeGeneration.Exchange2010 && picture.Says(RoutingSign.DatabaseDismounted);
        var suspicion = new Suspicion(RoutingCause.StoreRightsDenied);
        if (dismounted)
            return suspicion;
        var logonFailed = picture.Says(RoutingSign.StoreLogonFailure);
        suspicion
            .For(logonFailed, 0.6, "legacy-routing.said-logon-failure")
            .For(logonFailed && (picture.Says(RoutingSign.MapiDelivery) || picture.Queues?.MapiReady > 0), 0.3, "legacy-routing.said-mapi-delivery")
            .But(logonFailed && picture.Says(RoutingSign.RpcUnreachable), 0.4, "legacy-routing.said-rpc");
        foreach (var server in picture.Servers)
        {
            suspicion
                .For(server.Denied.Any(), 0.7, Rights("legacy-routing.paste-store-denied", server))
                .For(!server.Denied.Any() && server.NotListed.Any() && logonFailed, 0.4, Rights("legacy-routing.paste-store-missing", server))
                .But(server.AllAllowed, 0.4, Rights("legacy-routing.paste-store-right", server));
        }

        return suspicion;
    }

    private static Suspicion FolderHierarchies(RoutingPicture picture) => new Suspicion(RoutingCause.FolderHierarchies)
        .For(picture.Says(RoutingSign.NoMailboxDatabase), 0.65, "legacy-routing.said-no-database")
        .For(picture.Hierarchy?.Container == false, 0.6, "legacy-routing.paste-no-container")
        .For(picture.Hierarchy?.OwningTree == false, 0.6, "legacy-routing.paste-no-owning-tree")
        .For(picture.Hierarchy?.TreeType is not (null or 1), 0.5, "legacy-routing.paste-tree-type", ("type", $"{picture.Hierarchy?.TreeType}"))
        .But(picture.Hierarchy?.IsRight == true, 0.6, "legacy-routing.paste-hierarchy-right");

    private static Suspicion SubmissionToHub(RoutingPicture picture)
    {
        var suspicion = new Suspicion(RoutingCause.SubmissionToHub)
            .For(picture.Logged(MailSubmission, RoutingPicture.SubmissionFailed), 0.7, FromEvents(picture, MailSubmission, RoutingPicture.SubmissionFailed))
            .For(picture.Says(RoutingSign.MailSubmission1009), 0.6, "legacy-routing.said-1009")
            .For(picture.Says(RoutingSign.MailSubmission1009) && picture.Says(RoutingSign.RpcUnreachable), 0.3, "legacy-routing.said-rpc");
        if (picture is { Hub: { } hub, TransportService: { } service })
        {
            var read = new Witness(picture.Examined.Readings).Says(new ReadServices(hub.Name), Line.Of(
                "evidence.service", ("service", service.Service.Name), ("status", $"{service.Status}"), ("start", $"{service.StartType}")));
            suspicion
                .For(service.Status == ServiceStatus.Stopped, 0.85, read)
                .But(service.Status == ServiceStatus.Running && suspicion.Evidence.Count > 0, 0.2, read);
        }
        else
        {
            suspicion.For(picture.Says(RoutingSign.TransportStopped), 0.5, "legacy-routing.said-transport-stopped");
        }

        if (picture.Hub is { } probed && suspicion.Evidence.Count > 0)
        {
            var probe = new ReadSmtpProbe(probed.Name, SmtpDoor.FrontDoor);
            suspicion.For(
                picture.Examined.Readings.Fact<SmtpProbeFact>(probe)?.Stage == SmtpStage.NotConnected,
                0.4,
                new Witness(picture.Examined.Readings).Says(probe, Line.Of("legacy-routing.hub-silent", ("server", probed.Name.Value))));
        }

        return suspicion;
    }

    private static Suspicion Authentication(RoutingPicture picture) => WithoutOlder(
        new Suspicion(RoutingCause.VirtualServerAuthentication)
            .For(picture.Says(RoutingSign.AuthenticationRejected), 0.55, "legacy-routing.said-authentication"),
        picture);

    private static Suspicion RemovedServer(RoutingPicture picture)
    {
        var suspicion = new Suspicion(RoutingCause.RemovedServer).For(picture.Says(RoutingSign.RemovedServer), 0.5, "legacy-routing.said-removed");
        if (suspicion.Evidence.Count == 0)
            return suspicion;
        foreach (var older in picture.OlderServers)
        {
            var probe = new ReadSmtpProbe(older, SmtpDoor.FrontDoor);
            suspicion.For(
                picture.Examined.Readings.Fact<SmtpProbeFact>(probe)?.Stage == SmtpStage.NotConnected,
                0.5,
                new Witness(picture.Examined.Readings).Says(probe, Line.Of("legacy-routing.older-silent", ("server", older.Value))));
        }

        return suspicion;
    }

    private static Suspicion NotTold() => new Suspicion(RoutingCause.NotTold).For(true, 0.4, "legacy-routing.said-coexistence");

    private static Suspicion WithoutOlder(Suspicion suspicion, RoutingPicture picture) => suspicion.But(
        picture.OlderServers.Count == 0 && suspicion.Evidence.Count > 0,
        0.5,
        new Witness(picture.Examined.Readings).Says(new ReadInventory(), Line.Of("legacy-routing.no-older-server")));

    private static Evidence FromEvents(RoutingPicture picture, string source, int id)
    {
        var hub = picture.Hub?.Name ?? picture.Server;
        return new Witness(picture.Examined.Readings).Says(
            new ReadEvents(hub), Line.Of("legacy-routing.event", ("server", hub.Value), ("source", source), ("id", $"{id}")));
    }

    private static Evidence Rights(string id, RightsComparison compared)
    {
        var deviating = compared.Denied.Concat(compared.NotListed).Select(right => right.Name);
        return new Evidence(Line.Of(id, ("object", compared.Object), ("rights", string.Join(", ", deviating))), null, null);
    }
}
