using System.Text.Json.Nodes;
using MailFlowBot.Incidents;

namespace MailFlowBot.Cards;

/// <summary>What was understood from the report.</summary>
internal static class ReadingSection
{
    public static IEnumerable<JsonObject> Render(Incident incident, Words words)
    {
        if (incident.Reading is not { } reading)
            yield break;
        var signals = reading.Candidates.SelectMany(candidate => candidate.Because).Distinct().Take(6).ToList();
        var facts = new List<(string, string)>();
        if (reading.Class is { } named)
            facts.Add((words.Say("reading.class"), words.Code("class", named)));
        if (reading.Servers.Count > 0)
            facts.Add((words.Say("reading.servers"), string.Join(", ", reading.Servers)));
        if (signals.Count > 0)
            facts.Add((words.Say("reading.signals"), string.Join(" · ", signals)));
        if (reading.Articles.Count > 0)
            facts.Add((words.Say("reading.articles"), string.Join(", ", reading.Articles)));
        if (facts.Count > 0)
            yield return CardElements.Facts(facts);
        foreach (var unknown in reading.UnknownServers)
            yield return CardElements.Notice(words.Say(unknown));
        if (reading.Ask is { } ask && incident.Diagnosis is null)
            yield return CardElements.Notice(words.Say(ask));
    }
}
