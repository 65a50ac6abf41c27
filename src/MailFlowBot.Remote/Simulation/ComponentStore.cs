using System.Globalization;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// The component states of one server: an entry per component and requester in two stores. An Inactive of any requester beats the
/// Active of all others, only the requester that made an entry lifts it, no entry at all means Active (KB 2958835).
/// </summary>
internal sealed class ComponentStore
{
    /// <summary>The components as Exchange 2019 lists them, in its order.</summary>
    public static readonly IReadOnlyList<ComponentName> Components =
    [
        .. new[]
        {
            "ServerWideOffline", "HubTransport", "FrontendTransport", "Monitoring", "RecoveryActionsEnabled", "AutoDiscoverProxy",
            "ActiveSyncProxy", "EcpProxy", "EwsProxy", "ImapProxy", "OabProxy", "OwaProxy", "PopProxy", "PushNotificationsProxy",
            "RpsProxy", "RwsProxy", "RpcProxy", "XropProxy", "HttpProxyAvailabilityGroup", "ForwardSyncDaemon", "ProvisioningRps",
            "MapiProxy", "EdgeTransport", "HighAvailability", "SharedCache", "MailboxDeliveryProxy", "RoutingUpdates", "RestProxy",
            "DefaultProxy", "Lsass", "RoutingService", "E4EProxy", "CafeLAMv2", "LogExportProvider",
        }.Select(name => new ComponentName(name)),
    ];

    private readonly Dictionary<(ComponentName Component, Requester Requester), Entry> _local = [];
    private readonly Dictionary<(ComponentName Component, Requester Requester), Entry> _remote = [];

    private readonly record struct Entry(ComponentState State, DateTimeOffset At);

    public void Set(ComponentName component, Requester requester, ComponentState state, StateStores stores, DateTimeOffset now)
    {
        if (stores.HasFlag(StateStores.Local))
            _local[(component, requester)] = new(state, now);
        if (stores.HasFlag(StateStores.Remote))
            _remote[(component, requester)] = new(state, now);
    }

    public ComponentState State(ComponentName component)
    {
        if (component.IsInactiveByDesign)
            return ComponentState.Inactive;
        if (Overruled(component) && OwnState(ComponentName.ServerWideOffline) == ComponentState.Inactive)
            return ComponentState.Inactive;
        return OwnState(component);
    }

    public IReadOnlyList<ComponentReading> Read() =>
    [
        .. Components.Select(component => new ComponentReading(
            component,
            State(component),
            OwnState(ComponentName.ServerWideOffline) == ComponentState.Inactive,
            Entries(_local, component),
            Entries(_remote, component))),
    ];

    // ServerWideOffline overrules every component except these two (Exchange documentation of the component).
    private static bool Overruled(ComponentName component) => component != ComponentName.ServerWideOffline
        && component != ComponentName.Monitoring
        && component != ComponentName.RecoveryActionsEnabled;

    /// <summary>The state by the component's own entries, whatever ServerWideOffline says.</summary>
    public ComponentState OwnState(ComponentName component)
    {
        // Which store wins is not documented; per requester the newer entry is taken.
        var states = _local.Concat(_remote)
            .Where(pair => pair.Key.Component == component)
            .GroupBy(pair => pair.Key.Requester)
            .Select(group => group.MaxBy(pair => pair.Value.At).Value.State)
            .ToHashSet();
        return states.Contains(ComponentState.Inactive) ? ComponentState.Inactive
            : states.Contains(ComponentState.Draining) ? ComponentState.Draining
            : ComponentState.Active;
    }

    private static List<RequesterEntry> Entries(
        Dictionary<(ComponentName Component, Requester Requester), Entry> store, ComponentName component) =>
    [
        .. store.Where(pair => pair.Key.Component == component)
            .OrderBy(pair => pair.Value.At)
            .Select(pair => Reading(pair.Key.Requester, pair.Value)),
    ];

    private static RequesterEntry Reading(Requester requester, Entry entry)
    {
        var second = new DateTimeOffset(entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var text = second.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);
        return new(requester, entry.State, text, second);
    }
}
