using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>Checks while they run, and afterwards in one line: how many answered and what was not seen.</summary>
internal static class ChecksSection
{
    public static IEnumerable<JsonObject> Render(Incident incident, Words words)
    {
        if (incident.Checks.Count == 0)
            yield break;
        var answered = incident.Checks.Count(check => check.Answer is not null);
        if (answered < incident.Checks.Count)
        {
            yield return CardElements.Title(words.Say("checks.running", ("done", Number(answered)), ("all", Number(incident.Checks.Count))));
            yield return CardElements.Facts(incident.Checks.TakeLast(8).Select(check => (Name(check.Check, words), Answer(check.Answer, words))));
            yield break;
        }

        var slowest = incident.Checks.Max(check => check.Answer!.TookMs);
        yield return CardElements.Subtle(words.Say(
            "checks.done", ("all", Number(answered)), ("slowest", Times.Milliseconds(slowest))));
        var unseen = incident.Checks.Where(check => check.Answer?.Reason is not null).ToList();
        if (unseen.Count > 0)
        {
            yield return CardElements.Title(words.Say("checks.not-seen"));
            yield return CardElements.Facts(unseen.Take(8).Select(check => (Name(check.Check, words), Answer(check.Answer, words))));
        }
    }

    public static string Name(CheckStarted check, Words words) => check.Server is null
        ? words.Code("check", check.Operation)
        : $"{check.Server}: {words.Code("check", check.Operation)}";

    public static string Answer(CheckAnswered? answer, Words words) => answer is null ? "…"
        : answer.Reason is null ? words.Say("checks.seen", ("by", answer.AnsweredBy ?? "?"), ("took", Times.Milliseconds(answer.TookMs)))
        : words.Code("not-seen", answer.Reason) + (answer.Detail is { Length: > 0 } detail ? " · " + CardText.Shorten(detail, 160) : "");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
