using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Incidents;

/// <summary>
/// The hash chain of an incident: SHA-256 over the canonical bytes (RFC 8785) of each event with its place, its time and the hash before.
/// The canonical form is the one of the transcript too, so that a chain can be recomputed from an exported file.
/// </summary>
internal static class EventChain
{
    /// <summary>The previous hash of the first event: 64 zeros.</summary>
    public static readonly string Start = new('0', 64);

    private const string TimePattern = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>UTC with seven digits, so that one instant has one spelling.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimePattern, CultureInfo.InvariantCulture);

    public static bool TryReadTime(string? text, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        text, TimePattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    /// <summary>The event alone, as canonical bytes.</summary>
    public static byte[] Body(IncidentEvent happened) =>
        CanonicalJson.Serialize(JsonSerializer.SerializeToNode(happened, EventJson.Default.IncidentEvent));

    /// <exception cref="JsonException">Not an event that this version knows.</exception>
    public static IncidentEvent ReadBody(string body) =>
        JsonSerializer.Deserialize(body, EventJson.Default.IncidentEvent) ?? throw new JsonException("An event is an object, not null.");

    /// <summary>Hash of an event in its place.</summary>
    /// <param name="body">Canonical bytes of the event; other spellings of the same JSON give another hash.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Hash(IncidentId id, long sequence, DateTimeOffset at, ReadOnlySpan<byte> body, string previousHash)
    {
        // The members stand in the order of RFC 8785 3.2.3 already and the body is canonical, so that nothing has to be parsed again.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($$"""{"at":"{{Time(at)}}","event":"""));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$""","incident":"{{id}}","previousHash":"{{previousHash}}","sequence":{{sequence}}}""")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Gives an event its place behind <paramref name="last"/>; null stands for the empty log.</summary>
    public static RecordedEvent Link(IncidentId id, RecordedEvent? last, DateTimeOffset at, IncidentEvent happened)
    {
        var sequence = (last?.Sequence ?? 0) + 1;
        var previous = last?.Hash ?? Start;
        return new RecordedEvent(id, sequence, at.ToUniversalTime(), happened, previous, Hash(id, sequence, at, Body(happened), previous));
    }

    /// <summary>The first place where the chain does not hold; null when it holds from the first event to the last.</summary>
    public static ChainBreak? Verify(IReadOnlyList<RecordedEvent> events)
    {
        var previous = Start;
        for (var i = 0; i < events.Count; i++)
        {
            var recorded = events[i];
            if (recorded.Sequence != i + 1)
                return new ChainBreak(i + 1, ChainFault.Gap);
            if (recorded.PreviousHash != previous)
                return new ChainBreak(recorded.Sequence, ChainFault.PreviousHash);
            var hash = Hash(recorded.Incident, recorded.Sequence, recorded.At, Body(recorded.Event), previous);
            if (recorded.Incident != events[0].Incident || recorded.Hash != hash)
                return new ChainBreak(recorded.Sequence, ChainFault.Hash);
            previous = recorded.Hash;
        }

        return null;
    }
}
