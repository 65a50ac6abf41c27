namespace MailFlowBot.Transcripts;

/// <summary>
/// A transcript as one HTML file, without its seal: nothing is loaded, nothing runs, and a policy in the page forbids both. Readable on
/// a phone and on paper.
/// </summary>
internal static class HtmlTranscript
{
    private const string Style =
        """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,"Noto Sans JP",sans-serif;max-width:52rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
        h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem;margin:0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0}
        article{border-top:1px solid #8888;padding:.6rem 0}article:target{outline:2px solid #06c}
        time,a{font-variant-numeric:tabular-nums}ul{margin:.3rem 0;padding-left:1.2rem}
        pre{white-space:pre-wrap;border-left:3px solid #8888;margin:.4rem 0;padding:.2rem .6rem}
        .simulation{background:#b00;color:#fff;padding:.4rem .6rem;font-weight:700}
        #events{font-size:.75rem}
        @media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}dt{margin-top:.4rem}}
        @media print{body{max-width:none;font-size:10pt}article{break-inside:avoid}}
        """;

    public static IEnumerable<string> Lines(Transcript transcript)
    {
        var strings = transcript.Strings;
        yield return "<!DOCTYPE html>";
        yield return $"<html lang=\"{strings.Language}\">";
        yield return "<head>";
        yield return "<meta charset=\"utf-8\">";
        yield return $"<title>{Text(transcript.Title)}</title>";
        yield return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
        yield return "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
        yield return "<meta name=\"referrer\" content=\"no-referrer\">";
        yield return "<style>";
        foreach (var line in Style.Split('\n'))
            yield return line;
        yield return "</style>";
        yield return "</head>";
        yield return "<body>";
        if (transcript.Opened.Simulated)
            yield return $"<p class=\"simulation\">{Text(strings.Say("simulation"))}</p>";
        yield return $"<h1>{Text(transcript.Title)}</h1>";
        yield return "<dl>";
        foreach (var (label, value) in transcript.Head)
            yield return $"<dt>{Text(label)}</dt><dd>{Text(value)}</dd>";
        yield return "</dl>";
        yield return $"<p>{Text(strings.Say("times"))}</p>";
        yield return $"<h2>{Text(strings.Say("timeline"))}</h2>";
        foreach (var line in transcript.Entries.SelectMany(entry => Entry(transcript, entry)))
            yield return line;
        yield return $"<h2>{Text(strings.Say("events"))}</h2>";
        yield return $"<p>{Text(strings.Say("events-explained"))}</p>";
        foreach (var line in EventBlock.Write(TranscriptFormat.Html, transcript.Lines))
            yield return line;
        yield return "</body>";
        yield return "</html>";
    }

    private static IEnumerable<string> Entry(Transcript transcript, TranscriptEntry entry)
    {
        var number = EntryTitle.Number(entry.Sequence);
        var time = TranscriptTime.Write(entry.At);
        yield return $"<article id=\"e{number}\">";
        yield return $"<h3><a href=\"{Text(transcript.Permalink(entry.Sequence))}\">{number}</a> "
            + $"<time datetime=\"{time}\">{time}</time> {Text(entry.Title)}</h3>";
        if (entry.Quote is not null)
            yield return $"<pre>{string.Join('\n', VisibleText.Lines(entry.Quote).Select(HtmlText.Escape))}</pre>";
        if (entry.Lines.Count > 0 || entry.Message is not null)
            yield return "<ul>";
        foreach (var line in entry.Lines)
            yield return $"<li>{Text(line)}</li>";
        if (entry.Message is not null)
        {
            var label = Text(transcript.Strings.Say("open-in-teams"));
            yield return $"<li><a href=\"{HtmlText.Escape(entry.Message.AbsoluteUri)}\">{label}</a></li>";
        }

        if (entry.Lines.Count > 0 || entry.Message is not null)
            yield return "</ul>";
        yield return "</article>";
    }

    private static string Text(string text) => HtmlText.Escape(VisibleText.OneLine(text));
}
