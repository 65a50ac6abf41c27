using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>Makes evidence lines that carry their read and its time.</summary>
internal sealed class Witness(Readings readings)
{
    /// <summary>An observation from a read.</summary>
    public Evidence Says(ReadOperation read, Line text) => new(text, read, readings.For(read)?.At);

    /// <summary>Those of the reads that yielded no fact from an endpoint, each with the reason.</summary>
    public IReadOnlyList<Evidence> Missing(params IEnumerable<ReadOperation> reads) =>
    [
        .. reads.Distinct().Where(read => readings.For(read)?.EndpointFact is null)
            .Select(read => new Evidence(Reason(read, readings.For(read)), read, readings.For(read)?.At)),
    ];

    /// <summary>UTC to the minute; the server's own text where it could not be read.</summary>
    public static string Time(RequesterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.At is { } at
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : entry.TimestampText;
    }

    private static Line Reason(ReadOperation read, ReadAnswer? answer)
    {
        var id = answer is not NotSeen notSeen ? "not-seen.unreadable" : notSeen.Reason switch
        {
            NotSeenReason.NoEndpoint => "not-seen.no-endpoint",
            NotSeenReason.Unreachable => "not-seen.unreachable",
            NotSeenReason.MissingRight => "not-seen.missing-right",
            NotSeenReason.WrongServer => "not-seen.wrong-server",
            NotSeenReason.Failed => "not-seen.failed",
            NotSeenReason.Unreadable => "not-seen.unreadable",
            NotSeenReason.TimedOut => "not-seen.timed-out",
            NotSeenReason.UnknownServer => "not-seen.unknown-server",
            _ => "not-seen.unreadable",
        };
        return Line.Of(id, ("read", read.Id), ("server", read.Server?.Value ?? "-"), ("detail", (answer as NotSeen)?.Detail ?? "-"));
    }
}
