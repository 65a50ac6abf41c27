using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>The head of a transcript: where, who, since when, and what could be heard at all.</summary>
internal static class TranscriptHead
{
    public static IEnumerable<(string Label, string Value)> Of(
        IReadOnlyList<RecordedEvent> events, IncidentOpened opened, TranscriptStrings strings)
    {
        yield return (strings.Say("head.incident"), events[0].Incident.ToString());
        yield return (strings.Say("head.organization"), opened.Organization);
        if (opened.Drill is { } drill)
            yield return (strings.Say("head.drill"), drill);
        yield return (strings.Say("head.opened-by"), opened.By.Name);
        yield return (strings.Say("head.where"), $"{opened.Conversation.Channel} {opened.Conversation.Thread}");
        yield return (strings.Say("head.opened"), TranscriptTime.Write(events[0].At));
        yield return (strings.Say("head.last"), TranscriptTime.Write(events[^1].At));
        yield return (strings.Say("head.count"), EntryTitle.Number(events.Count));
        yield return (strings.Say("head.hears"), strings.Say(opened.Hears switch
        {
            "mentions" => "hears.mentions",
            "all" => "hears.all",
            _ => "hears.unknown",
        }));
        yield return (strings.Say("head.masked"), strings.Say("head.masked-what"));
    }
}
