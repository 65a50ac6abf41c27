namespace MailFlowBot.Transcripts;

/// <summary>
/// The lines of the events inside each format: where they begin and end, and how a line is spelled there. No foreign text of a transcript
/// can begin a line with one of these marks: Markdown indents or escapes it, HTML escapes its angle brackets, JSON its quotes.
/// </summary>
internal static class EventBlock
{
    private const string JsonStart = "\"events\":[";
    private const string JsonEnd = "],";
    private const string MarkdownMark = "<!-- mailflowbot-events -->";
    private const string MarkdownStart = "```json";
    private const string MarkdownEnd = "```";
    private const string HtmlStart = "<pre id=\"events\">";
    private const string HtmlEnd = "</pre>";

    public static IEnumerable<string> Write(TranscriptFormat format, IReadOnlyList<string> events) => format switch
    {
        TranscriptFormat.Markdown => [MarkdownMark, MarkdownStart, .. events, MarkdownEnd],
        TranscriptFormat.Html => [HtmlStart, .. events.Select(HtmlText.Escape), HtmlEnd],
        _ => [JsonStart, .. events.Select((line, at) => at + 1 < events.Count ? line + "," : line), JsonEnd],
    };

    /// <summary>
    /// The lines of the events in a file of any format, not closed when the file ends inside them; null when no block begins.
    /// </summary>
    public static (IReadOnlyList<string> Events, bool Closed)? Find(IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at] == JsonStart)
                return Take(lines, at + 1, JsonEnd, line => line.EndsWith(',') ? line[..^1] : line);
            if (lines[at] == HtmlStart)
                return Take(lines, at + 1, HtmlEnd, HtmlText.Unescape);
            if (lines[at] == MarkdownStart && at > 0 && lines[at - 1] == MarkdownMark)
                return Take(lines, at + 1, MarkdownEnd, line => line);
        }

        return null;
    }

    private static (IReadOnlyList<string> Events, bool Closed) Take(
        IReadOnlyList<string> lines, int from, string end, Func<string, string> spelled)
    {
        var events = new List<string>();
        for (var at = from; at < lines.Count; at++)
        {
            if (lines[at] == end)
                return (events, true);
            events.Add(spelled(lines[at]));
        }

        return (events, false);
    }
}
