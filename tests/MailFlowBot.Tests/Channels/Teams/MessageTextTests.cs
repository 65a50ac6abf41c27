using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class MessageTextTests
{
    private static readonly Guid Bot = TeamsFixture.AppId;

    [Theory]
    [InlineData("<p>a</p><p>b</p>", "a\nb")]
    [InlineData("<div>a<br/>b<br>c</div>", "a\nb\nc")]
    [InlineData("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb")]
    [InlineData("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc")]
    [InlineData("a\r\n  b\tc", "a b c")]
    [InlineData("<pre>a\r\n  b\tc</pre>d", "a\n  b\tc\nd")]
    [InlineData("a &lt;x@y&gt; &amp;amp; &#x42;&#67; &yen;", "a <x@y> &amp; BC ¥")]
    [InlineData("a&nbsp;&nbsp;b", "a  b")]
    [InlineData("a\u200B\uFEFFb", "ab")]
    [InlineData("4 < 5 and 6 > 5 <- so", "4 < 5 and 6 > 5 <- so")]
    [InlineData("<b>b</b><i>i</i><a href=\"http://x/?a>b\">link</a>", "bilink")]
    [InlineData("<!-- <p>hidden</p> -->shown", "shown")]
    [InlineData("<script>alert(1)</script>a<style>p{}</style>b", "ab")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc")]
    [InlineData("メールが<br>滞留しています", "メールが\n滞留しています")]
    [InlineData("<img alt='x' src='y'>a", "a")]
    [InlineData("a<unknown-tag>b</unknown-tag>", "ab")]
    [InlineData("a<div", "a")]
    [InlineData("a<p title=\"never closed>b", "a")]
    [InlineData("<span><span itemtype=\"http://schema.skype.com/Mention\" itemid=\"0\">MailFlowBot</span> a</span>", "a")]
    [InlineData("<at id=\"0\">MailFlowBot</at> a", "a")]
    [InlineData("<at>MailFlowBot</at> ask <at>MailFlowBot</at>", "ask MailFlowBot")]
    [InlineData("<span>MailFlowBot</span> is the bot", "MailFlowBot is the bot")]
    public void Takes_lines_from_the_markup_and_drops_the_rest(string html, string expected) => Assert.Equal(expected, Read(Html(html)));

    [Fact]
    public void Leaves_the_mention_of_somebody_who_carries_the_bots_name()
    {
        var activity = Html(
            "<span itemtype=\"http://schema.skype.com/Mention\" itemid=\"0\">MailFlowBot</span> ask "
            + "<span itemtype=\"http://schema.skype.com/Mention\" itemid=\"1\">MailFlowBot</span>");
        activity["entities"] = new JsonArray(Mention("29:namesake"), Mention($"28:{Bot}"));
        Assert.Equal("MailFlowBot ask", Read(activity));
    }

    [Fact]
    public void Takes_the_plain_text_when_there_is_no_markup()
    {
        var activity = TeamsActivity.Message(Bot, TeamsFixture.Tenant, "https://x/", "1", "ask <at>Bob</at> &amp; <at>MailFlowBot</at>");
        activity["entities"]!.AsArray().Add(Mention("29:bob", "<at>Bob</at>"));
        Assert.Equal("ask Bob &amp; <at>MailFlowBot</at>", Read(activity));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p></p>")]
    [InlineData("<script>")]
    public void Takes_the_plain_text_when_the_markup_says_nothing(string html) => Assert.Equal("mail is stuck", Read(Html(html)));

    [Fact]
    public void A_mention_alone_is_an_empty_text()
    {
        var activity = Html("<p><at>MailFlowBot</at>&nbsp;</p>");
        activity["text"] = "<at>MailFlowBot</at> ";
        Assert.Equal("", Read(activity));
    }

    [Theory]
    [InlineData("\"attachments\":\"text\"")]
    [InlineData("\"attachments\":[1,null,{\"contentType\":1}]")]
    [InlineData("\"attachments\":[{\"contentType\":\"text/html\",\"content\":{\"x\":1}}]")]
    [InlineData("\"attachments\":[{\"contentType\":\"text/html\",\"content\":\"\\ud800\"}]")]
    [InlineData("\"entities\":{\"type\":\"mention\"}")]
    [InlineData("\"entities\":[{\"type\":\"mention\",\"mentioned\":\"x\",\"text\":5}]")]
    public void Odd_shapes_are_passed_over(string member)
    {
        var activity = TeamsActivity.Message(Bot, TeamsFixture.Tenant, "https://x/", "1", "mail is stuck");
        activity.Remove("entities");
        activity["text"] = "mail is stuck";
        Assert.Equal("mail is stuck", MessageText.Of(Parse($"{activity.ToJsonString()[..^1]},{member}}}")));
    }

    [Theory]
    [InlineData("personal", true)]
    [InlineData("groupChat", false)]
    [InlineData("channel", false)]
    public void Without_a_mention_only_a_one_to_one_chat_is_for_the_bot(string type, bool forBot)
    {
        var activity = TeamsActivity.Message(Bot, TeamsFixture.Tenant, "https://x/", "1", "mail is stuck");
        activity["conversation"]!["conversationType"] = type;
        Assert.True(MessageText.IsForBot(Parse(activity.ToJsonString())));
        activity.Remove("entities");
        Assert.Equal(forBot, MessageText.IsForBot(Parse(activity.ToJsonString())));
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<a \"")]
    [InlineData("<a '\"")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<at>x")]
    [InlineData("</at>")]
    [InlineData("<span itemtype=")]
    [InlineData("&")]
    [InlineData("&#x")]
    [InlineData("<br>")]
    [InlineData("<p>\u200B ")]
    public void Hostile_markup_costs_no_more_than_its_length(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 250_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(HtmlText.Read(html, (_, _) => false).Length <= HtmlText.MaxLength);
        // Two orders of magnitude above what one pass takes, and far below what a square of the length would.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void Caps_the_text_between_whole_characters()
    {
        var text = HtmlText.Read("x" + string.Concat(Enumerable.Repeat("😀", 100_000)), (_, _) => false);
        Assert.InRange(text.Length, HtmlText.MaxLength - 1, HtmlText.MaxLength);
        Assert.False(char.IsHighSurrogate(text[^1]));
    }

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("ja-JP", "ja")]
    [InlineData("JA", "ja")]
    [InlineData("de-DE", null)]
    [InlineData("", null)]
    [InlineData(null, "en")]
    public void Knows_the_writers_language(string? locale, string? language)
    {
        var activity = TeamsActivity.Message(Bot, TeamsFixture.Tenant, "https://x/", "1", "x");
        activity["locale"] = locale;
        Assert.Equal(language, ActivityLanguage.Of(Parse(activity.ToJsonString())));
    }

    private static JsonObject Html(string html)
    {
        var activity = TeamsActivity.Message(Bot, TeamsFixture.Tenant, "https://x/", "1", "mail is stuck");
        activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = html });
        return activity;
    }

    private static JsonObject Mention(string id, string text = "<at>MailFlowBot</at>") =>
        new() { ["type"] = "mention", ["mentioned"] = new JsonObject { ["id"] = id }, ["text"] = text };

    private static string Read(JsonObject activity) => MessageText.Of(Parse(activity.ToJsonString()));

    private static Activity Parse(string json) => JsonSerializer.Deserialize(json, TeamsJson.Default.Activity)!;
}
