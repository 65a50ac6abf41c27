namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Servers that some guards cannot look at, because Exchange before 2013 has no component states, no managed availability and no
/// diagnostics to ask. Only what the inventory itself tells counts: a server of unknown version is judged like a new one.
/// </summary>
internal static class Before2013
{
    // Exchange 2000 and 2003, 2007, 2010.
    private static readonly string[] Versions = ["Version 6.", "Version 8.", "Version 14."];

    public static bool Holds(ServerName server, Readings readings) => readings.Inventory?.Find(server)?.Version is { } version
        && Versions.Any(older => version.StartsWith(older, StringComparison.Ordinal));

    /// <summary>
    /// The other hubs of the site of the same generation: a mailbox server before 2013 submits to no others. What is known of them is
    /// their service.
    /// </summary>
    public static IEnumerable<ServerName> HubsBeside(ServerName server, InventoryFact inventory) => inventory.Find(server) is not { Site: { } site } self
        ? []
        : inventory.Servers
            .Where(other => other.Name != server && other.Site == site && other.Generation == self.Generation && other.Roles.Contains("HubTransport"))
            .Select(other => other.Name);

    /// <summary>What its service says in place of a component; null when it was not seen.</summary>
    public static ComponentState? Transport(ServerName server, Readings readings) => readings.Services(server)?.Find(WindowsService.Transport)?.Status switch
    {
        null or ServiceStatus.Unknown => null,
        ServiceStatus.Running => ComponentState.Active,
        _ => ComponentState.Inactive,
    };

    public static GuardReading Pass(string guard) => GuardReading.Pass(guard, "none before Exchange 2013");
}
