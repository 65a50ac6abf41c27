using System.Text.Json.Nodes;
using MailFlowBot.Incidents;

namespace MailFlowBot.Cards;

/// <summary>
/// The one root card of an incident, as a pure projection of its events: what was understood, the checks, the findings, the plan with
/// its buttons, and what came of it.
/// </summary>
internal static class IncidentCard
{
    public static JsonObject Render(Incident incident, string language, DateTimeOffset now)
    {
        var words = new Words(language, now);
        var heading = Heading(incident, words);
        var body = new List<JsonObject>();
        if (incident.Opened.Simulated)
            body.Add(CardElements.Banner(words.Say("simulation.banner", ("organization", incident.Opened.Organization))));
        if (incident.Opened.AcceptedRisk is true)
            body.Add(CardElements.Banner(words.Say("risk.in-process")));
        body.Add(CardElements.Heading($"{incident.Id} · {words.Say("state." + IncidentSummaryOf.Code(incident.State))}"));
        // What came of it is what people look for; before that it is what was found.
        body.AddRange(OutcomeSection.Render(incident, words));
        body.AddRange(ReadingSection.Render(incident, words));
        body.AddRange(ChecksSection.Render(incident, words));
        body.AddRange(FindingsSection.Render(incident, words));
        body.AddRange(OutcomeSection.RenderFormer(incident, words));
        body.AddRange(PlanSection.Render(incident, words));
        body.AddRange(Buttons(incident, words));

        return new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["lang"] = language,
            ["fallbackText"] = CardText.Clean(heading),
            ["speak"] = CardText.Clean(heading),
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = new JsonArray([.. body]),
        };
    }

    // Twice the text of a full console window of 2007; clients cut off what is longer, and the log keeps no more of one message.
    private const int LongestPaste = 16_000;

    /// <summary>One line for the toast and for lists.</summary>
    public static string Heading(Incident incident, Words words)
    {
        var state = words.Say("state." + IncidentSummaryOf.Code(incident.State));
        var headline = incident.Diagnosis?.Findings is [var finding, ..] ? words.Say(finding.Headline) : null;
        var prefix = incident.Opened.Simulated ? words.Say("simulation.mark") + " " : "";
        return headline is null ? $"{prefix}{incident.Id} · {state}" : $"{prefix}{incident.Id} · {state} · {headline}";
    }

    private static JsonObject PasteButton(Words words, Dictionary<string, string> values) =>
        CardElements.Button(words.Say("button.paste"), ClickVerbs.Paste, values, withInputs: true);

    private static IEnumerable<JsonObject> Buttons(Incident incident, Words words)
    {
        var values = new Dictionary<string, string> { ["i"] = incident.Id.ToString() };
        var details = CardElements.Button(words.Say("button.details"), ClickVerbs.Details, values, withInputs: false);
        if (!incident.PlanIsOpen || incident.Plan is not { } plan)
        {
            if (incident.AwaitsPaste)
                yield return CardElements.Input("paste", words.Say("paste.label"), words.Say("paste.missing"), LongestPaste, multiline: true);
            if (incident.Diagnosis is not null)
                yield return CardElements.Buttons(incident.AwaitsPaste ? [PasteButton(words, values), details] : [details]);
            yield break;
        }

        var click = new Dictionary<string, string>(values) { ["t"] = plan.ClickToken, ["d"] = plan.Digest };
        yield return CardElements.Input("reason", words.Say("plan.reason"), words.Say("plan.reason-missing"), maxLength: 200);
        yield return CardElements.Buttons(
        [
            CardElements.Button(words.Say("button.approve"), ClickVerbs.Approve, click, withInputs: true),
            CardElements.Button(words.Say("button.reject"), ClickVerbs.Reject, click, withInputs: false),
            details,
        ]);
    }
}
