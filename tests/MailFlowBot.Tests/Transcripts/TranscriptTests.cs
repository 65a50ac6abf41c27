using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Tests.Incidents;
using MailFlowBot.Transcripts;

namespace MailFlowBot.Tests.Transcripts;

public sealed class TranscriptTests : IDisposable
{
    private const string Hostile =
        "<script>alert(1)</script><img src=x> ![i](https://evil.example/i.png) [l](javascript:x) https://evil.example www.evil.example bob@evil.example "
        + "`tick` **bold** </pre></article> <!-- x --> &lt;";

    private readonly ApprovalKey _key = ApprovalKey.Create();

    public static TheoryData<string> Formats => SealedLogs.Formats;

    public void Dispose() => _key.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_simulation_says_so_in_its_first_line_and_title(string format)
    {
        var lines = Export(SealedLogs.Short(_key), format).Split('\n');

        Assert.Contains("SIMULATION / 訓練", format switch
        {
            "md" => lines[0],
            "html" => lines.Single(line => line.StartsWith("<title>", StringComparison.Ordinal)),
            _ => lines[1],
        }, StringComparison.Ordinal);
        if (format == "html")
            Assert.Equal("<p class=\"simulation\">SIMULATION / 訓練</p>", lines[Array.IndexOf(lines, "<body>") + 1]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_real_incident_does_not_say_simulation(string format)
    {
        var log = SealedLogs.Log(_key, Happenings.Opened() with { Simulated = false, Drill = null });

        Assert.DoesNotContain("訓練", Export(log, format), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Only messages addressed to it", "alice wrote", "Complete")]
    [InlineData("ja", "ボット宛てのメッセージのみ", "alice の発言", "Complete")]
    public void Head_and_timeline_are_in_the_language_asked_for(string language, string heard, string wrote, string absent)
    {
        var text = Export(SealedLogs.Whole(_key), "md", language);

        Assert.Contains(heard, text, StringComparison.Ordinal);
        Assert.Contains(wrote, text, StringComparison.Ordinal);
        Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_language_it_speaks_the_threads()
    {
        var log = SealedLogs.Log(_key, Happenings.Opened() with { Language = "ja" });

        Assert.Equal("ja", Transcript.Of(log, null, SealedLogs.Wording, null).Strings.Language);
    }

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    public void Each_event_has_an_anchor_and_a_permalink(string format)
    {
        var log = SealedLogs.Whole(_key);
        var text = Export(log, format);
        foreach (var recorded in log)
        {
            Assert.Contains($"id=\"e{recorded.Sequence}\"", text, StringComparison.Ordinal);
            Assert.Contains($"https://bot.contoso.com/transcripts/INC-7#e{recorded.Sequence}", text, StringComparison.Ordinal);
        }

        Assert.Contains("https://teams.microsoft.com/l/message/19%3Amail%40thread.tacv2/m-1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_object_with_all_events_as_they_were_recorded()
    {
        var log = SealedLogs.Whole(_key);

        var document = JsonNode.Parse(Export(log, "json"))!;

        Assert.Equal("mailflowbot-transcript/1", document["format"]!.GetValue<string>());
        var events = document["events"]!.AsArray();
        Assert.Equal(log.Select(EventLine.Write), events.Select(node => System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(node))));
        Assert.Equal(log.Count, document["seal"]!["events"]!.GetValue<int>());
        Assert.Equal(log[^1].Hash, document["seal"]!["head"]!.GetValue<string>());
    }

    [Fact]
    public void Html_loads_nothing_and_runs_nothing()
    {
        var text = Export(SealedLogs.Whole(_key), "html");

        foreach (var tag in new[] { "<script", "<img", "<link", "<iframe", "<object", "<form", "url(", "@import", "onclick", "onload" })
            Assert.DoesNotContain(tag, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_text_stays_text_in_html()
    {
        var text = Export(HostileLog(), "html");

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", text, StringComparison.Ordinal);
        Assert.Contains("&amp;lt;", text, StringComparison.Ordinal);
        Assert.Equal(Count(text, "<a href=\""), Count(text, "<a href=\"https://bot.contoso.com/") + Count(text, "<a href=\"https://teams.microsoft.com/"));
        Assert.Single(text.Split("</body>").Skip(1));
    }

    [Fact]
    public void Foreign_text_stays_text_in_markdown()
    {
        var lines = Export(HostileLog(), "md").Split('\n');
        var visible = lines.TakeWhile(line => line != "<!-- mailflowbot-events -->").ToList();

        foreach (var line in visible.Where(line => line.Contains("evil", StringComparison.Ordinal)))
        {
            // Indented code, in which nothing is markup, or escaped.
            if (line.StartsWith("    ", StringComparison.Ordinal))
                continue;
            Assert.DoesNotContain("<script>", line.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(" ![i]", line, StringComparison.Ordinal);
            Assert.Contains("`![i](https://evil.example/i.png)`", line, StringComparison.Ordinal);
            Assert.Contains("\\[l\\](javascript:x)", line, StringComparison.Ordinal);
            Assert.Contains("`https://evil.example`", line, StringComparison.Ordinal);
            Assert.Contains("`www.evil.example`", line, StringComparison.Ordinal);
            Assert.Contains("`bob@evil.example`", line, StringComparison.Ordinal);
            Assert.Contains("\\*\\*bold\\*\\*", line, StringComparison.Ordinal);
        }

        Assert.Contains("    # no heading", visible);
        Assert.Contains("    <!-- mailflowbot-seal {} -->", visible);
        Assert.Contains("    ```", visible);
        Assert.IsType<TranscriptIntact>(VerifyTranscript.Verify(SealedLogs.Bytes(string.Join('\n', lines)), _key.Public));
    }

    [Theory]
    [InlineData("1. no list", "1\\. no list")]
    [InlineData("- no list", "\\- no list")]
    [InlineData("+ no list", "\\+ no list")]
    [InlineData("# no heading", "\\# no heading")]
    [InlineData("= no underline", "\\= no underline")]
    [InlineData("{onclick=x}", "&#123;onclick=x&#125;")]
    [InlineData("> no quote", "\\> no quote")]
    [InlineData("EX03-1 is 15.2 - fine", "EX03-1 is 15.2 - fine")]
    [InlineData("a\nb", "a b")]
    [InlineData("``x@y``", "``` ``x@y`` ```")]
    [InlineData("2026", "2026")]
    [InlineData("", "")]
    public void Markdown_escapes_what_would_be_markup_and_no_more(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.Inline(text));

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    public void Marks_that_reorder_or_hide_text_are_made_visible(string format)
    {
        var log = SealedLogs.Log(
            _key, Happenings.Opened() with { By = Cast.Alice with { Name = "ali\u202Ece" } }, Happenings.Note("safe\u202E exe\u0007\u200Bx"));
        var lines = Export(log, format).Split('\n');
        var visible = string.Join('\n', lines.TakeWhile(line => !line.Contains("\"at\":", StringComparison.Ordinal) && !line.Contains("&quot;at", StringComparison.Ordinal)));

        Assert.DoesNotContain('\u202E', visible);
        Assert.DoesNotContain('\u0007', visible);
        Assert.Contains("U+202E", visible, StringComparison.Ordinal);
        Assert.Contains("U+200B", visible, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_arguments()
    {
        var en = TranscriptStrings.Of("en").Templates;
        var ja = TranscriptStrings.Of("ja").Templates;

        Assert.Equal(en.Keys.Order(), ja.Keys.Order());
        foreach (var (key, template) in en)
            Assert.Equal((key, Places(template)), (key, Places(ja[key])));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void A_statement_without_a_text_is_shown_by_its_id_and_arguments(string language)
    {
        var text = Export(SealedLogs.Whole(_key), "md", language);

        Assert.Contains("not-seen.certificates server=EX03", text, StringComparison.Ordinal);
        Assert.Contains("HubTransport on EX03 is Inactive (Get-ServerComponentState EX03, 2026-03-14T02:40:00.000Z)", text, StringComparison.Ordinal);
    }

    private string Export(IReadOnlyList<RecordedEvent> log, string format, string language = "en") =>
        SealedLogs.Text(SealedLogs.Export(log, format, _key, language));

    private IReadOnlyList<RecordedEvent> HostileLog() => SealedLogs.Log(
        _key,
        Happenings.Opened() with { By = Cast.Alice with { Name = Hostile }, Organization = Hostile },
        new MessageHeard(Cast.Bob with { Name = Hostile }, "m\")x", Hostile + "\n# no heading\n```\n<!-- mailflowbot-seal {} -->\n</pre>", 0),
        new StepFinished(Hostile, 0, Hostile, Hostile, 1),
        Happenings.Note(Hostile));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Places(string template) => string.Join(
        ',', System.Text.RegularExpressions.Regex.Matches(template, @"\{([a-z-]+)\}").Select(match => match.Value).Order(StringComparer.Ordinal));
}
