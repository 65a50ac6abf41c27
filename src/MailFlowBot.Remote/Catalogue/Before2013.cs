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

    public static GuardReading Pass(string guard) => GuardReading.Pass(guard, "none before Exchange 2013");
}
