namespace MailFlowBot.Transcripts;

/// <summary>A transcript as Markdown, without its seal.</summary>
internal static class MarkdownTranscript
{
    public static IEnumerable<string> Lines(Transcript transcript)
    {
        var strings = transcript.Strings;
        yield return $"# {MarkdownText.Inline(transcript.Title)}";
        yield return "";
        foreach (var (label, value) in transcript.Head)
            yield return $"- {MarkdownText.Inline(strings.Say("line.link", ("label", label), ("value", value)))}";
        yield return "";
        yield return MarkdownText.Inline(strings.Say("times"));
        yield return "";
        yield return $"## {MarkdownText.Inline(strings.Say("timeline"))}";
        foreach (var line in transcript.Entries.SelectMany(entry => Entry(transcript, entry)))
            yield return line;
        yield return "";
        yield return $"## {MarkdownText.Inline(strings.Say("events"))}";
        yield return "";
        yield return MarkdownText.Inline(strings.Say("events-explained"));
        yield return "";
        foreach (var line in EventBlock.Write(TranscriptFormat.Markdown, transcript.Lines))
            yield return line;
        yield return "";
    }

    private static IEnumerable<string> Entry(Transcript transcript, TranscriptEntry entry)
    {
        var number = EntryTitle.Number(entry.Sequence);
        yield return "";
        yield return $"<a id=\"e{number}\"></a>";
        yield return "";
        var link = $"[{number}]({transcript.Permalink(entry.Sequence)})";
        yield return $"### {link} {TranscriptTime.Write(entry.At)} {MarkdownText.Inline(entry.Title)}";
        if (entry.Quote is not null)
        {
            yield return "";
            foreach (var line in MarkdownText.Block(entry.Quote))
                yield return line;
        }

        if (entry.Lines.Count > 0 || entry.Message is not null)
            yield return "";
        foreach (var line in entry.Lines)
            yield return $"- {MarkdownText.Inline(line)}";
        if (entry.Message is not null)
            yield return $"- [{MarkdownText.Inline(transcript.Strings.Say("open-in-teams"))}]({entry.Message.AbsoluteUri})";
    }
}
