using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Diagnosing;

/// <summary>Turns what the skills say into what the log holds.</summary>
internal static class Statements
{
    public static Statement Of(Line line) => new(line.Id, line.Args);

    public static SymptomRead Of(string messageId, SymptomReading reading) => new(
        messageId,
        reading.Language,
        reading.Class,
        Math.Round(reading.Confidence, 3),
        reading.Abstained,
        [.. reading.Candidates.Take(5).Select(candidate => new ReadCandidate(
            candidate.Class, Math.Round(candidate.Score, 3), [.. candidate.Because.Select(signal => Shorten(Redaction.Redact(signal.Value).Text)).Distinct().Take(6)]))],
        [.. reading.Servers.Select(server => server.Value)],
        [.. reading.UnknownServers.Select(Of)],
        reading.Articles,
        reading.Ask is { } ask ? Of(ask) : null);

    public static DiagnosisMade Of(Conclusion conclusion) => new(
        [.. conclusion.Findings.Select(Of)],
        conclusion.Refusal,
        conclusion.Ask is { } ask ? Of(ask) : null,
        [.. conclusion.Runbook.Select(Of)]);

    public static CheckStarted Of(ReadOperation read) => new(read.Id, read.Server?.Value);

    /// <summary>What came of a read; nobody keeps the raw answer yet.</summary>
    public static CheckAnswered Of(ReadAnswer answer)
    {
        var (operation, server) = (answer.Read.Id, answer.Read.Server?.Value);
        return answer switch
        {
            Seen seen => new CheckAnswered(operation, server, null, null, seen.Origin.Name, Math.Round(seen.Took.TotalMilliseconds, 1), null),
            NotSeen unseen => new CheckAnswered(operation, server, Kebab(unseen.Reason), Redaction.Redact(unseen.Detail).Text, null, 0, null),
            _ => throw new InvalidOperationException($"An answer of an unknown kind: {answer.GetType().Name}."),
        };
    }

    public static string Kebab(Enum value) => string.Concat(value.ToString().Select((character, index) =>
        char.IsUpper(character) ? (index > 0 ? "-" : "") + char.ToLowerInvariant(character) : character.ToString()));

    private static Statement Of(UnknownServer unknown) => unknown.Nearest is { } nearest
        ? Of(Line.Of("reading.unknown-server", ("name", Redaction.Redact(unknown.Name).Text), ("nearest", nearest.Value)))
        : Of(Line.Of("reading.unknown-server-alone", ("name", Redaction.Redact(unknown.Name).Text)));

    private static FindingMade Of(Finding finding) => new(
        finding.Class,
        finding.Server?.Value,
        Kebab(finding.Explains),
        Math.Round(finding.Confidence, 3),
        finding.Article,
        finding.Paragraph,
        Of(finding.Headline),
        [.. finding.Evidence.Select(Of)],
        [.. finding.Against.Select(Of)],
        [.. finding.NotSeen.Select(Of)]);

    private static Statement Of(Evidence evidence) => Of(evidence.Text) with { Source = SourceOf(evidence.Read), At = evidence.At };

    private static string? SourceOf(ReadOperation? read) => read is null ? null : read.Server is { } server ? $"{read.Id} {server}" : read.Id;

    private static string Shorten(string value) => value.Length <= 80 ? value : value[..80] + "…";
}
