using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>What was done and what came of it, before and after side by side.</summary>
internal static class OutcomeSection
{
    // The id of the read in the catalogue, as events hold it.
    private const string TransportDoor = "smtp-probe-2525";

    public static IEnumerable<JsonObject> Render(Incident incident, Words words)
    {
        foreach (var (step, end) in incident.Steps)
        {
            yield return CardElements.Text(words.Say(
                "step.line",
                ("n", (step.Index + 1).ToString(CultureInfo.InvariantCulture)),
                ("operation", words.Code("operation", step.Operation)),
                ("server", step.Server),
                ("outcome", end is null ? words.Say("outcome.running") : words.Code("outcome", end.Outcome)),
                ("took", end is null ? "…" : Times.Milliseconds(end.TookMs)))
                + (end?.Detail is { Length: > 0 } detail ? " · " + CardText.Shorten(detail, 200) : ""));
        }

        // The second look reads the same conditions again; showing both would only be longer.
        foreach (var element in Ended(incident.SecondLook is null ? incident.Execution : incident.Execution! with { Conditions = [] }, words))
            yield return element;
        if (incident.SecondLook is { } look)
        {
            yield return CardElements.Title(words.Say(look.Held ? "outcome.held" : "outcome.not-held"));
            yield return Conditions(look.Conditions, words);
        }

        if (incident.Execution is { Outcome: "verified" } execution && incident.Plan?.Kind != "lift"
            && !execution.Conditions.Any(condition => condition.Read.Contains(TransportDoor, StringComparison.Ordinal)))
        {
            yield return CardElements.Subtle(words.Say("outcome.not-probed"));
        }
    }

    /// <summary>How the plan before the newest one ended, where that is what led to the newest one.</summary>
    public static IEnumerable<JsonObject> RenderFormer(Incident incident, Words words) =>
        incident.Former is { } former ? Ended(former, words).Prepend(CardElements.Subtle(words.Say("plan.former"))) : [];

    private static IEnumerable<JsonObject> Ended(ExecutionEnded? ended, Words words)
    {
        if (ended is null)
            yield break;
        var text = words.Code("outcome", ended.Outcome);
        yield return ended.Outcome == "verified" ? CardElements.Title(text) : CardElements.Notice(text);
        if (ended.Code is { } code)
            yield return CardElements.Text(words.Code("refusal", code));
        if (ended.Detail is { Length: > 0 } detail)
            yield return CardElements.Text(detail);
        if (ended.Conditions.Count > 0)
            yield return Conditions(ended.Conditions, words);
    }

    private static JsonObject Conditions(IReadOnlyList<ConditionSeen> conditions, Words words) => CardElements.Facts(conditions.Take(10).Select(condition =>
        ($"{condition.Read} {condition.Path}",
         $"{words.Say(condition.Holds ? "condition.holds" : "condition.fails")} · {condition.Before ?? words.Say("condition.not-seen")} → {condition.After ?? words.Say("condition.not-seen")}")));
}
