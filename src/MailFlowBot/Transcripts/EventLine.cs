using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using IncidentId = MailFlowBot.Incidents.IncidentId;

namespace MailFlowBot.Transcripts;

/// <summary>
/// An event as a line of a transcript: the canonical bytes that its hash is over, with the hash among them. RFC 8785 leaves no line break
/// in them, so that a line is an event in every format.
/// </summary>
/// <param name="Incident">As written, such as <c>INC-7</c>.</param>
/// <param name="Type">The event's type as written; foreign text until the hash was checked.</param>
internal sealed record EventLine(
    string Incident, long Sequence, DateTimeOffset At, string Type, JsonObject Event, string PreviousHash, string Hash)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = CanonicalJson.MaxDepth };

    public static string Write(RecordedEvent recorded) => Encoding.UTF8.GetString(CanonicalJson.Serialize(new JsonObject
    {
        ["at"] = EventChain.Time(recorded.At),
        ["event"] = Node(recorded.Event),
        ["hash"] = recorded.Hash,
        ["incident"] = recorded.Incident.ToString(),
        ["previousHash"] = recorded.PreviousHash,
        ["sequence"] = recorded.Sequence,
    }));

    public static string TypeOf(IncidentEvent happened) => Node(happened)["type"]!.GetValue<string>();

    /// <summary>Null when the line is not exactly what <see cref="Write"/> writes for some event.</summary>
    public static EventLine? Read(string line)
    {
        try
        {
            if (JsonNode.Parse(line, documentOptions: Strict) is not JsonObject { Count: 6 } members
                || members["event"] is not JsonObject happened
                || Encoding.UTF8.GetString(CanonicalJson.Serialize(members)) != line
                || !EventChain.TryReadTime(Text(members, "at"), out var at)
                || members["sequence"] is not JsonValue number || !number.TryGetValue<long>(out var sequence)
                || Text(members, "incident") is not { } incident || !IncidentId.TryParse(incident, out _)
                || Text(members, "previousHash") is not { } previous
                || Text(members, "hash") is not { } hash)
                return null;
            return new EventLine(incident, sequence, at, Text(happened, "type") ?? "", happened, previous, hash);
        }
        catch (Exception fault) when (fault is JsonException or CanonicalJsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>True when the hash is the one of the event in this place.</summary>
    public bool HashHolds() => IncidentId.TryParse(Incident, out var id)
        && EventChain.Hash(id, Sequence, At, CanonicalJson.Serialize(Event), PreviousHash) == Hash;

    private static JsonNode Node(IncidentEvent happened) => JsonSerializer.SerializeToNode(happened, EventJson.Default.IncidentEvent)!;

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
