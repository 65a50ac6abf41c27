namespace MailFlowBot.Incidents;

/// <summary>
/// The append-only log of all incidents. Every append is a compare-and-swap on the incident's length, so two writers never both win.
/// </summary>
internal interface IIncidentStore : IAsyncDisposable
{
    /// <summary>Opens a new incident with its first event.</summary>
    Task<RecordedEvent> OpenAsync(IncidentOpened opened, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Appends when the incident has exactly <paramref name="length"/> events; null when it has not, and nothing was written.</summary>
    Task<IReadOnlyList<RecordedEvent>?> AppendAsync(
        IncidentId id, long length, IReadOnlyList<IncidentEvent> events, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>All events in order; empty when there is no such incident.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAsync(IncidentId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The newest incident of the thread that nobody closed.</summary>
    Task<IncidentId?> FindOpenAsync(Conversation conversation, CancellationToken cancellationToken);

    /// <summary>Takes a delivery once: false when this key was taken before. Kept for a day.</summary>
    Task<bool> TryClaimAsync(string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Keeps a raw answer apart from the log, until <paramref name="expires"/>.</summary>
    Task KeepRawAnswerAsync(IncidentId id, string answerHash, string salt, string raw, DateTimeOffset expires, CancellationToken cancellationToken);
}
