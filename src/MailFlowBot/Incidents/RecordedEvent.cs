namespace MailFlowBot.Incidents;

/// <summary>An event in its place in the chain.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="PreviousHash">Hash of the event before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 (hex) over the canonical bytes of this event with its place and the previous hash.</param>
internal sealed record RecordedEvent(
    IncidentId Incident, long Sequence, DateTimeOffset At, IncidentEvent Event, string PreviousHash, string Hash);

/// <summary>One line of a list of incidents.</summary>
internal sealed record IncidentSummary(IncidentId Id, DateTimeOffset Opened, DateTimeOffset Last, long Events, string OpenedBy, Conversation Conversation);
