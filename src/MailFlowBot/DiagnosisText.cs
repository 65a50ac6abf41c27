using System.Text.Json.Nodes;
using MailFlowBot.Cards;
using MailFlowBot.Channels.Terminal;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Remediation;

namespace MailFlowBot;

/// <summary>
/// A diagnosis as lines for people: the sections of the card that an incident would show, where nobody can press anything.
/// </summary>
internal static class DiagnosisText
{
    /// <summary>The code that stands where a refusal would: commands are shown, and nobody is asked to approve them.</summary>
    public const string LookedOnly = "looked-only";

    public static string Of(LookOnly.Looked looked, IncidentOpened opened, Words words, DateTimeOffset now)
    {
        IReadOnlyList<IncidentEvent> events = looked.Conclusion.Plan is { } plan
            ? [opened, .. looked.Events, new PlanWithheld(LookedOnly, "", [], [.. plan.Steps.Select(Planned)])]
            : [opened, .. looked.Events];
        var incident = Incident.Fold([.. events.Select((happened, index) => new RecordedEvent(IncidentId.Installation, index + 1, now, happened, "", ""))]);
        var body = new List<JsonObject>();
        body.AddRange(ReadingSection.Render(incident, words));
        body.AddRange(ChecksSection.Render(incident, words));
        body.AddRange(FindingsSection.Render(incident, words));
        body.AddRange(PlanSection.Render(incident, words));
        if (looked.Conclusion.Plan is { } shown)
            body.AddRange(Beside(shown, words));
        return CardAsText.Render(new JsonObject { ["body"] = new JsonArray([.. body]) });
    }

    private static PlannedStep Planned(ChangeOperation step) =>
        new(step.Id, step.Server.Value, Remote.Cmdlets.CommandText.Of(step), Statements.Kebab(step.Reversibility));

    // A card says this beside the buttons; whoever types the commands has to know it all the more.
    private static IEnumerable<JsonObject> Beside(FixPlan plan, Words words)
    {
        yield return CardElements.Facts(
        [
            (words.Say("plan.effect"), words.Say(Statements.Of(plan.Effect))),
            (words.Say("plan.risk"), words.Say(Statements.Of(plan.Risk))),
            .. plan.Judgement.Guards.Distinct().Select(guard => (
                words.Code("guard", guard.Guard),
                $"{words.Code("guard-effect", Statements.Kebab(guard.Effect))} · {(guard.Reading == "none" ? words.Say("guard-reading.none") : CardText.Shorten(guard.Reading, 200))}")),
        ]);
        foreach (var question in plan.Questions.Concat(plan.Guided))
            yield return CardElements.Text(words.Say(Statements.Of(question)));
    }
}
