namespace MailFlowBot.Remote.Catalogue;

/// <summary>A sign that people took a server out on purpose.</summary>
public enum MaintenanceSign
{
    PolicyBlocked,
    MoveNow,
    ClusterNodePaused,
    ServerWideOffline,
    MostProxies,
    Draining,

    /// <summary>Requester Maintenance, younger than the limit or of unknown age.</summary>
    YoungEntry,

    /// <summary>Requester Maintenance, older than the limit. On its own: probably forgotten.</summary>
    OldEntry,
}

/// <param name="Value">What was read, such as <c>HubTransport 2026-11-22 01:10Z</c>.</param>
public sealed record MaintenanceSighting(MaintenanceSign Sign, string Value);

/// <summary>
/// All signs of maintenance on a server. Microsoft's own procedure leaves "requester Maintenance on HubTransport and nothing else" for a
/// while at both ends, so that alone counts as maintenance until it is old (Exchange: perform maintenance on DAG members).
/// </summary>
/// <param name="NotSeen">Parts of the evidence that could not be read.</param>
public sealed record MaintenanceEvidence(IReadOnlyList<MaintenanceSighting> Sightings, IReadOnlyList<string> NotSeen)
{
    /// <summary>Age from which a lone Maintenance entry counts as forgotten.</summary>
    public static readonly TimeSpan YoungFor = TimeSpan.FromHours(4);

    /// <summary>True: no button, whoever asks.</summary>
    public bool InMaintenance => Sightings.Any(sighting => sighting.Sign != MaintenanceSign.OldEntry);

    public bool Complete => NotSeen.Count == 0;

    /// <summary>The reads that bear evidence about a server.</summary>
    public static IReadOnlyList<ReadOperation> Reads(ServerName server) =>
        [new ReadComponentStates(server), new ReadMailboxServer(server), new ReadClusterNode(server)];

    public static MaintenanceEvidence Of(ServerName server, Readings readings, DateTimeOffset now)
    {
        var sightings = new List<MaintenanceSighting>();
        var notSeen = new List<string>();

        if (readings.Components(server) is { } states)
            FromComponents(states, now, sightings);
        else
            notSeen.Add("component-states");
        // One of these may be maintenance.
        if (readings.Components(server)?.Components.Any(component => component.Entries.Any(entry => entry.Requester == Requester.NotTold)) == true)
            notSeen.Add("requesters");

        var mailbox = readings.Fact<MailboxServerFact>(new ReadMailboxServer(server));
        if (mailbox?.PolicyBlocked == true)
            sightings.Add(new(MaintenanceSign.PolicyBlocked, mailbox.ActivationPolicy!));
        if (mailbox?.MoveNow == true)
            sightings.Add(new(MaintenanceSign.MoveNow, "True"));
        if (mailbox is not { ActivationPolicy: not null, MoveNow: not null })
            notSeen.Add("mailbox-server");

        var node = readings.Fact<ClusterNodeFact>(new ReadClusterNode(server))?.State ?? ClusterNodeState.Unknown;
        if (node == ClusterNodeState.Paused)
            sightings.Add(new(MaintenanceSign.ClusterNodePaused, "Paused"));
        // A server that is surely in no DAG has no cluster node to look at.
        if (node == ClusterNodeState.Unknown && mailbox is not { Dag: null, ActivationPolicy: not null })
            notSeen.Add("cluster-node");

        return new MaintenanceEvidence(sightings, notSeen);
    }

    private static void FromComponents(ComponentStatesFact states, DateTimeOffset now, List<MaintenanceSighting> sightings)
    {
        var held = states.Components
            .SelectMany(component => component.Entries, (component, entry) => (component.Component, Entry: entry))
            .Where(pair => pair.Entry.Requester == Requester.Maintenance && pair.Entry.State != ComponentState.Active)
            .ToList();

        foreach (var component in states.Components.Where(component => component.State == ComponentState.Draining
            || component.Entries.Any(entry => entry.State == ComponentState.Draining)))
        {
            sightings.Add(new(MaintenanceSign.Draining, component.Component.Value));
        }

        if (held.Any(pair => pair.Component == ComponentName.ServerWideOffline))
            sightings.Add(new(MaintenanceSign.ServerWideOffline, "Inactive"));

        var proxies = states.Components.Count(component => component.Component.IsProxy);
        var heldProxies = held.Count(pair => pair.Component.IsProxy);
        if (proxies > 0 && heldProxies * 2 > proxies)
            sightings.Add(new(MaintenanceSign.MostProxies, $"{heldProxies}/{proxies}"));

        foreach (var (component, entry) in held)
        {
            var old = entry.At is { } at && now - at >= YoungFor;
            sightings.Add(new(old ? MaintenanceSign.OldEntry : MaintenanceSign.YoungEntry, $"{component} {entry.Since}"));
        }
    }
}
