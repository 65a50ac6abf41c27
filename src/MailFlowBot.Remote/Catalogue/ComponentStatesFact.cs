namespace MailFlowBot.Remote.Catalogue;

/// <summary>One requester's entry for one component in one store.</summary>
/// <param name="TimestampText">The time as the server wrote it, kept because it is compared as text.</param>
/// <param name="At">The same time in UTC; null when it could not be read exactly, and the entry then counts as young.</param>
public sealed record RequesterEntry(Requester Requester, ComponentState State, string TimestampText, DateTimeOffset? At)
{
    /// <summary>For people: UTC where the time could be read, else as the server wrote it.</summary>
    public string Since => At is { } at
        ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture)
        : TimestampText;
}

/// <summary>A component with its effective state and the entries of both stores (registry and Active Directory).</summary>
public sealed record ComponentReading(
    ComponentName Component,
    ComponentState State,
    bool ServerWideOfflineIsOffline,
    IReadOnlyList<RequesterEntry> LocalStates,
    IReadOnlyList<RequesterEntry> RemoteStates)
{
    /// <summary>Both stores together: per requester the newest entry. Which store wins is not documented, so the newer one is taken.</summary>
    public IEnumerable<RequesterEntry> Entries =>
        LocalStates.Concat(RemoteStates)
            .GroupBy(entry => entry.Requester)
            .Select(group => group.OrderByDescending(entry => entry.At ?? DateTimeOffset.MaxValue).First());

    /// <summary>Requesters whose entry keeps the component from being Active, oldest first.</summary>
    public IEnumerable<RequesterEntry> Holding =>
        Entries.Where(entry => entry.State != ComponentState.Active).OrderBy(entry => entry.At ?? DateTimeOffset.MaxValue);

    /// <summary>True when the two stores hold different states for the same requester, as after a snapshot revert.</summary>
    public bool StoresDisagree =>
        LocalStates.Any(local => RemoteStates.Any(remote => remote.Requester == local.Requester && remote.State != local.State));
}

/// <summary>
/// All components of a server. Paths: <c>COMPONENT/state</c>, <c>COMPONENT/entries</c> (both stores in canonical order),
/// <c>COMPONENT/holding/REQUESTER</c> (state of that requester's newest entry, <c>none</c> without one),
/// <c>COMPONENT/offline</c> (ServerWideOfflineIsOffline), <c>maintenance</c> (every entry of requester Maintenance that is not Active,
/// and every component that is Draining).
/// </summary>
public sealed record ComponentStatesFact(ServerName Server, IReadOnlyList<ComponentReading> Components) : Fact
{
    public ComponentReading? Find(ComponentName name) => Components.FirstOrDefault(component => component.Component == name);

    public override string? Value(string path)
    {
        var (head, part) = Split(path);
        if (head == "maintenance" && part.Length == 0)
            return MaintenanceText();
        if (Find(new ComponentName(head)) is not { } component)
            return null;
        var (key, requester) = Split(part);
        return key switch
        {
            "state" => component.State.ToString(),
            "entries" => EntriesText(component),
            "offline" => Text(component.ServerWideOfflineIsOffline),
            "holding" => component.Entries.FirstOrDefault(entry => entry.Requester == new Requester(requester))?.State.ToString() ?? "none",
            _ => null,
        };
    }

    private string MaintenanceText() => string.Join(';', Components
        .OrderBy(component => component.Component.Value, StringComparer.Ordinal)
        .SelectMany(component => component.Entries
            .Where(entry => entry.State == ComponentState.Draining
                || (entry.Requester == Requester.Maintenance && entry.State != ComponentState.Active))
            .OrderBy(entry => entry.Requester.Value, StringComparer.Ordinal)
            .Select(entry => $"{component.Component}:{entry.Requester}={entry.State}@{entry.TimestampText}")));

    private static string EntriesText(ComponentReading component) =>
        $"local[{StoreText(component.LocalStates)}] remote[{StoreText(component.RemoteStates)}]";

    private static string StoreText(IReadOnlyList<RequesterEntry> entries) => string.Join(';', entries
        .OrderBy(entry => entry.Requester.Value, StringComparer.OrdinalIgnoreCase)
        .Select(entry => $"{entry.Requester}={entry.State}@{entry.TimestampText}"));
}
