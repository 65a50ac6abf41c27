using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>All that is known about mail flow between the generations: what endpoints answered, and what was reported and pasted.</summary>
/// <param name="Hub">The hub that routes: the server under examination, or the only one there is. Null when it is not clear which.</param>
/// <param name="OlderServers">Exchange 2003 and 2000 in the inventory.</param>
/// <param name="Stores">The eleven rights, per pasted object of an older server.</param>
/// <param name="Servers">The four rights, per pasted server object.</param>
internal sealed record RoutingPicture(
    ExaminedServer Examined,
    ExchangeServer? Hub,
    IReadOnlyList<ServerName> OlderServers,
    IReadOnlySet<RoutingSign> Signs,
    IReadOnlyList<RightsComparison> Stores,
    IReadOnlyList<RightsComparison> Servers,
    ConnectorDirections? Connectors,
    RoutingConfigPaste? RoutingConfig,
    HierarchyPaste? Hierarchy,
    QueuePaste? Queues)
{
    /// <summary>MSExchangeMailSubmission: no hub took the message.</summary>
    public const int SubmissionFailed = 1009;

    public ServerName Server => Examined.Server;

    public ServiceReading? TransportService =>
        Hub is null ? null : Examined.Readings.Services(Hub.Name)?.Find(WindowsService.Transport);

    public bool Says(RoutingSign sign) => Signs.Contains(sign);

    /// <summary>Whether the hub's own log holds the event, as its endpoint answered; what a person pasted does not count here.</summary>
    public bool Logged(string source, int id) =>
        Hub is not null && Examined.Readings.Fact<EventsFact>(new ReadEvents(Hub.Name))?.Of(source, id).Any() == true;

    public static RoutingPicture Of(ExaminedServer examined)
    {
        var inventory = examined.Readings.Inventory?.Servers ?? [];
        var text = examined.Reading.Text;
        var objects = ConsoleText.Objects(text);
        var permissions = PermissionPaste.Of(objects);
        var older = inventory.Where(LegacyRoutingSkill.IsOlder).Select(server => server.Name).ToList();
        return new RoutingPicture(
            examined,
            LegacyRoutingSkill.HubOf(examined.Server, examined.Readings),
            older,
            RoutingSigns.In(examined.Reading),
            [.. permissions.Where(paste => IsOnOlder(paste.Object, older)).Select(paste => RightsComparison.Of(paste, StoreRights.OnStores))],
            [.. permissions.Where(paste => IsServerObject(paste.Object)).Select(paste => RightsComparison.Of(paste, StoreRights.OnServers))],
            ConnectorPaste.Of(text, objects),
            RoutingConfigPaste.Of(text),
            HierarchyPaste.Of(text),
            QueuePaste.Of(objects));
    }

    private static bool IsOnOlder(string identity, List<ServerName> older) =>
        older.Exists(server => identity.Contains(server.Value, StringComparison.OrdinalIgnoreCase));

    // A store stands below its server: SERVER\GROUP\STORE.
    private static bool IsServerObject(string identity) => !identity.Contains('\\', StringComparison.Ordinal);
}
