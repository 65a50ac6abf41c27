using System.Collections.Concurrent;

namespace MailFlowBot.Incidents;

/// <summary>
/// The one way in which use cases write: decide on the newest state, append, and start anew when someone else was faster.
/// </summary>
internal sealed class IncidentLog(IIncidentStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<IncidentId, Incident> _folded = new();

    /// <summary>Raised after events were appended, on the appender's thread; handlers must be quick and must not throw.</summary>
    public event Action<Incident>? Appended;

    public async Task<Incident> OpenAsync(IncidentOpened opened, CancellationToken cancellationToken)
    {
        var recorded = await store.OpenAsync(opened, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return Publish(Incident.Fold([recorded]));
    }

    /// <summary>The installation's own log; begun with <paramref name="opened"/> when it is not there yet.</summary>
    public async Task<Incident> EnsureInstallationLogAsync(IncidentOpened opened, CancellationToken cancellationToken)
    {
        if (await FindAsync(IncidentId.Installation, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        // Null means that another process began it in this moment; then that one is read.
        await store.AppendAsync(IncidentId.Installation, 0, [opened], time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return Publish(Incident.Fold(await store.ReadAsync(IncidentId.Installation, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>The state after all events; null when there is no such incident.</summary>
    public async Task<Incident?> FindAsync(IncidentId id, CancellationToken cancellationToken)
    {
        if (_folded.TryGetValue(id, out var known))
            return known;
        var events = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return events.Count == 0 ? null : _folded.GetOrAdd(id, Incident.Fold(events));
    }

    public Task<Incident> AppendAsync(IncidentId id, IncidentEvent happened, CancellationToken cancellationToken) =>
        AppendAsync(id, _ => [happened], cancellationToken);

    /// <summary>
    /// Lets <paramref name="decide"/> look at the newest state and appends what it returns. It is called again when another writer came
    /// first, so it must be pure. An empty list appends nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such incident.</exception>
    public async Task<Incident> AppendAsync(
        IncidentId id, Func<Incident, IReadOnlyList<IncidentEvent>> decide, CancellationToken cancellationToken)
    {
        var incident = await FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{id} does not exist.");
        while (true)
        {
            var events = decide(incident);
            if (events.Count == 0)
                return incident;
            var recorded = await store.AppendAsync(id, incident.Length, events, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (recorded is not null)
                return Publish(incident.With(recorded));
            incident = Incident.Fold(await store.ReadAsync(id, cancellationToken).ConfigureAwait(false));
        }
    }

    private Incident Publish(Incident incident)
    {
        _folded.AddOrUpdate(incident.Id, incident, (_, known) => known.Length > incident.Length ? known : incident);
        Appended?.Invoke(incident);
        return incident;
    }
}
