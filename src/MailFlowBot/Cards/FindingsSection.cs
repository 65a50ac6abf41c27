using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>Findings with what they rest on, what speaks against them and what could not be seen.</summary>
internal static class FindingsSection
{
    public static IEnumerable<JsonObject> Render(Incident incident, Words words)
    {
        if (incident.Diagnosis is not { } diagnosis)
            yield break;
        if (diagnosis.Findings.Count == 0 && diagnosis.Ask is null)
            yield return CardElements.Text(words.Say("findings.none"));
        if (incident.Execution is not null && diagnosis.Findings.Count > 0)
            yield return CardElements.Subtle(words.Say("findings.before"));
        foreach (var finding in diagnosis.Findings.Take(3))
        {
            yield return CardElements.Title(words.Say(finding.Headline));
            yield return CardElements.Facts(
            [
                (words.Say("findings.explains"), words.Code("explains", finding.Explains)),
                (words.Say("findings.confidence"), finding.Confidence.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal)),
                (words.Say("findings.article"), $"{finding.Article}, {words.Code("paragraph", finding.Paragraph)}"),
            ]);
            foreach (var element in Statements("findings.evidence", finding.Evidence, words)
                .Concat(Statements("findings.against", finding.Against, words))
                .Concat(Statements("findings.not-seen", finding.NotSeen, words)))
            {
                yield return element;
            }
        }

        if (diagnosis.Refusal is { } refusal)
            yield return CardElements.Notice(words.Say("plan.none", ("why", words.Code("refusal", refusal))));
        if (diagnosis.Runbook.Count > 0)
        {
            yield return CardElements.Title(words.Say("runbook.title"));
            foreach (var (step, index) in diagnosis.Runbook.Select((step, index) => (step, index + 1)))
                yield return CardElements.Text($"{index.ToString(CultureInfo.InvariantCulture)}. {words.Say(step)}");
        }

        if (diagnosis.Ask is { } ask)
            yield return CardElements.Notice(words.Say(ask));
    }

    private static IEnumerable<JsonObject> Statements(string title, IReadOnlyList<Statement> statements, Words words)
    {
        if (statements.Count == 0)
            yield break;
        yield return CardElements.Subtle(words.Say(title));
        foreach (var statement in statements.Take(8))
            yield return CardElements.Text("• " + words.Say(statement) + Origin(statement, words));
    }

    private static string Origin(Statement statement, Words words) =>
        statement.Source is null ? "" : statement.At is { } at ? $" ({statement.Source}, {Times.Utc(at)}, {words.Ago(at)})" : $" ({statement.Source})";
}
