using MailFlowBot.Incidents;

namespace MailFlowBot.Cards;

/// <summary>What stands behind the card: every check with its answer, and the canonical plan. Plain text, in a reply.</summary>
internal static class DetailsText
{
    public static string Render(Incident incident, string language)
    {
        var words = new Words(language, DateTimeOffset.MaxValue);
        var lines = new List<string> { words.Say("details.title", ("id", incident.Id.ToString())) };
        lines.AddRange(incident.Checks.Select(check => words.Say(
            "details.check", ("name", ChecksSection.Name(check.Check, words)), ("answer", ChecksSection.Answer(check.Answer, words)))));
        if (incident.Plan is { } plan)
            lines.Add(words.Say("details.plan", ("digest", plan.Digest), ("plan", plan.Plan)));
        return string.Join('\n', lines);
    }
}
