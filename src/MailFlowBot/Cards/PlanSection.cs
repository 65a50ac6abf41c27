using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>The plan, complete: exact commands, effect, guards with their readings, what undoes it, who may decide until when.</summary>
internal static class PlanSection
{
    public static IEnumerable<JsonObject> Render(Incident incident, Words words)
    {
        if (incident.Withheld is { Commands: { } commands })
        {
            yield return CardElements.Title(words.Say("plan.title.read-only"));
            yield return CardElements.Notice(words.Code("refusal", incident.Withheld.Refusal));
            foreach (var command in commands)
                yield return CardElements.Code(command.Command);
        }
        else if (incident.Withheld is { } withheld)
        {
            yield return CardElements.Notice(words.Say("plan.withheld", ("why", words.Code("refusal", withheld.Refusal))));
            yield return CardElements.Text(withheld.Detail);
            yield return Guards(withheld.Guards, words);
        }

        // A plan that something else took the place of would only mislead.
        if (incident.Plan is not { } plan || incident.PlanIsReplaced)
            yield break;
        yield return CardElements.Title(words.Say("plan.title." + plan.Kind, ("class", plan.Class), ("quorum", Number(plan.Quorum))));
        foreach (var step in plan.Steps)
            yield return CardElements.Code(step.Command);
        var facts = new List<(string, string)>();
        if (plan.Effect is { } effect)
            facts.Add((words.Say("plan.effect"), words.Say(effect)));
        if (plan.Risk is { } risk)
            facts.Add((words.Say("plan.risk"), words.Say(risk)));
        facts.AddRange(plan.Steps.Select(step => (words.Say("plan.undo"), words.Code("operation", step.Operation) + ": " + words.Code("reversibility", step.Reversibility))));
        if (incident.PlanIsOpen)
            facts.Add((words.Say("plan.expires"), Times.Utc(plan.Expires)));
        facts.Add((words.Say("plan.requested-by"), string.Join(", ", plan.Requesters.Select(person => person.Name))));
        facts.Add((words.Say("plan.level"), words.Say("level." + Number(plan.Level))));
        facts.Add((words.Say("plan.digest"), plan.Digest[..16]));
        yield return CardElements.Facts(facts);
        if (plan.Guards.Count > 0)
            yield return Guards(plan.Guards, words);
        foreach (var question in plan.Questions)
            yield return CardElements.Notice(words.Say(question));
        foreach (var guided in plan.Guided)
            yield return CardElements.Text(words.Say(guided));
        foreach (var decision in incident.Decisions)
        {
            yield return CardElements.Text(words.Say(
                decision.Approve ? "decision.approved" : "decision.rejected", ("name", decision.By.Name), ("reason", decision.Reason)));
        }

        var missing = plan.Quorum - incident.Decisions.Count(decision => decision.Approve);
        if (incident.PlanIsOpen && incident.Decisions.Count > 0 && missing > 0)
            yield return CardElements.Text(words.Say("decision.missing", ("n", Number(missing))));
    }

    private static JsonObject Guards(IReadOnlyList<GuardSeen> guards, Words words) => CardElements.Facts(guards.Distinct().Select(guard =>
        (words.Code("guard", guard.Guard), $"{words.Code("guard-effect", guard.Effect)} · {(guard.Reading == "none" ? words.Say("guard-reading.none") : CardText.Shorten(guard.Reading, 200))}")));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
