using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// The three resolutions as steps for people, with the commands to paste: look, save, change one object at a time, let it replicate, restart,
/// verify. Where the rights were pasted, they stand compared in a table.
/// </summary>
internal static class RoutingRunbook
{
    /// <param name="causes">Most likely first.</param>
    /// <param name="restartDecided">The restart at the end is planned or refused, and not a step for people.</param>
    public static IReadOnlyList<Line> For(RoutingPicture picture, IReadOnlyList<RoutingCause> causes, bool restartDecided)
    {
        var hub = ("server", (picture.Hub?.Name ?? picture.Server).Value);
        var changesDirectory = causes.Any(cause => cause is RoutingCause.StoreNotVisible or RoutingCause.StoreRightsDenied or RoutingCause.FolderHierarchies);
        return
        [
            .. picture.Queues is null ? [Line.Of("legacy-routing.step-queues", hub, ("command", RoutingCommands.Queues))] : Array.Empty<Line>(),
            .. picture.Stores.Concat(picture.Servers).Select(Table),
            .. changesDirectory ? [Line.Of("legacy-routing.step-save", ("command", RoutingCommands.SaveRights(Object(picture))))] : Array.Empty<Line>(),
            .. causes.SelectMany(cause => Steps(picture, cause)).Distinct(),
            .. changesDirectory ? [Line.Of("legacy-routing.step-one-object"), Line.Of("legacy-routing.step-replicate")] : Array.Empty<Line>(),
            .. restartDecided ? [] : new[] { Line.Of("legacy-routing.step-restart", hub, ("command", Restart(picture))) },
            Line.Of("legacy-routing.step-verify", hub, ("command", RoutingCommands.RetryQueue)),
            Line.Of("legacy-routing.step-undo"),
        ];
    }

    /// <summary>What to paste next for the likeliest cause.</summary>
    public static Line Ask(RoutingPicture picture, RoutingCause cause)
    {
        var server = ("server", (picture.Hub?.Name ?? picture.Server).Value);
        return cause switch
        {
            RoutingCause.StoreNotVisible or RoutingCause.StoreRightsDenied =>
                Line.Of("legacy-routing.paste-back-rights", ("server", Object(picture).Value), ("command", RoutingCommands.Rights(Object(picture)))),
            RoutingCause.FolderHierarchies => Line.Of("legacy-routing.paste-back", server, ("command", RoutingCommands.Trees)),
            RoutingCause.NoRoutingGroupConnector => Line.Of("legacy-routing.paste-back", server, ("command", RoutingCommands.Connectors)),
            _ => Line.Of("legacy-routing.paste-back", server, ("command", RoutingCommands.Queues)),
        };
    }

    private static IEnumerable<Line> Steps(RoutingPicture picture, RoutingCause cause)
    {
        var target = Object(picture);
        var hub = picture.Hub?.Name ?? picture.Server;
        return cause switch
        {
            RoutingCause.StoreNotVisible =>
            [
                Line.Of("legacy-routing.step-routing-config", ("server", hub.Value), ("command", RoutingCommands.RoutingConfig)),
                Line.Of("legacy-routing.step-rights", ("server", target.Value), ("command", RoutingCommands.Rights(target))),
                Line.Of("legacy-routing.step-store-rights", ("server", target.Value), ("command", RoutingCommands.StoreRights(target))),
                Line.Of("legacy-routing.step-inheritance", ("server", target.Value)),
            ],
            RoutingCause.NoRoutingGroupConnector =>
            [
                Line.Of("legacy-routing.step-connectors", ("server", hub.Value), ("command", RoutingCommands.Connectors)),
                Line.Of("legacy-routing.step-virtual-server", ("server", target.Value)),
                Line.Of("legacy-routing.step-new-connector", ("server", hub.Value), ("command", RoutingCommands.Connector(hub, target))),
            ],
            RoutingCause.StoreRightsDenied =>
            [
                Line.Of("legacy-routing.step-rights", ("server", target.Value), ("command", RoutingCommands.Rights(target))),
                Line.Of("legacy-routing.step-explicit-allow", ("server", target.Value)),
                Line.Of("legacy-routing.step-inherited-deny", ("server", target.Value)),
            ],
            RoutingCause.FolderHierarchies =>
            [
                Line.Of("legacy-routing.step-trees", ("command", RoutingCommands.Trees)),
                Line.Of("legacy-routing.step-container"),
                Line.Of("legacy-routing.step-tree"),
                Line.Of("legacy-routing.step-owning-tree"),
                Line.Of("legacy-routing.step-restart-store"),
            ],
            RoutingCause.SubmissionToHub =>
                [Line.Of("legacy-routing.step-service", ("server", hub.Value)), Line.Of("legacy-routing.step-rpc", ("server", hub.Value))],
            RoutingCause.VirtualServerAuthentication => [Line.Of("legacy-routing.step-fqdn", ("server", target.Value))],
            RoutingCause.RemovedServer => [Line.Of("legacy-routing.step-removed", ("server", target.Value))],
            RoutingCause.NotTold => [],
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "A cause without steps."),
        };
    }

    private static Line Table(RightsComparison compared) => Line.Of("legacy-routing.rights-table", ("object", compared.Object), ("table", compared.Table));

    /// <summary>The server whose rights are looked at: the older one that is named or the first there is, else the hub.</summary>
    private static ServerName Object(RoutingPicture picture) =>
        picture.OlderServers.Contains(picture.Server) ? picture.Server
        : picture.Examined.Reading.Servers.Where(picture.OlderServers.Contains).Concat(picture.OlderServers).Append(picture.Hub?.Name ?? picture.Server).First();

    private static string Restart(RoutingPicture picture) =>
        CommandText.Of(new RestartService(picture.Hub?.Name ?? picture.Server, WindowsService.Transport));
}
