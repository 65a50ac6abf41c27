using System.Net;
using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class ClickEndpointTests
{
    private static readonly Conversation Thread = new("web", "t1");

    [Fact]
    public async Task A_click_carries_person_thread_card_verb_and_values()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var card = await playground.Channel.PostCardAsync(Thread, new JsonObject(), "a card", CancellationToken.None);
        playground.Answer = static _ => new ClickAnswer("Running.", null);

        using var answer = await ClickAsync(browser, "bob", card, """{"p":"INC-7","n":3,"sure":true,"none":null,"reason":"line 1\nline 2"}""");

        var click = Assert.Single(playground.Clicks);
        Assert.Equal(Cast.Bob, click.From);
        Assert.Equal(Thread, click.Conversation);
        Assert.Equal("fix.approve", click.Verb);
        Assert.Equal(card, click.CardMessage);
        Assert.Equal("ja", click.Language);
        Assert.Equal(
            [("n", "3"), ("p", "INC-7"), ("reason", "line 1\nline 2"), ("sure", "true")],
            click.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
        var body = await PlaygroundBrowser.JsonAsync(answer);
        Assert.Equal("application/vnd.microsoft.activity.message", body.GetProperty("type").GetString());
        Assert.Equal("Running.", body.GetProperty("value").GetString());
        Assert.False(body.TryGetProperty("refusal", out _));
    }

    [Fact]
    public async Task A_refusal_goes_to_the_clicker_and_into_no_thread()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var card = await playground.Channel.PostCardAsync(Thread, new JsonObject(), "a card", CancellationToken.None);
        playground.Answer = static click => new ClickAnswer("You asked for it yourself.", "own-request");
        using var answer = await ClickAsync(browser, "alice", card, "{}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("own-request", (await PlaygroundBrowser.JsonAsync(answer)).GetProperty("refusal").GetString());
        using var watch = playground.Channel.Watch();
        Assert.Single(watch!.Snapshot.Posts);
    }

    [Theory]
    [InlineData("mallory", "Action.Execute", "v", "{}", "unknown-person")]
    [InlineData("bob", "Action.Submit", "v", "{}", "not-supported")]
    [InlineData("bob", "Action.Execute", "", "{}", "not-supported")]
    [InlineData("bob", "Action.Execute", "v", """{"a":{"b":1}}""", "bad-values")]
    [InlineData("bob", "Action.Execute", "v", """{"a":[1]}""", "bad-values")]
    [InlineData("bob", "Action.Execute", "v", """{"a":"1","a":"2"}""", "bad-json")]
    [InlineData("bob", "Action.Execute", "v", """{"a":"\udc00"}""", "bad-values")]
    [InlineData("bob", "Action.Execute", "v", "[]", "bad-json")]
    public async Task Refuses_what_no_card_of_the_product_sends(string person, string type, string verb, string data, string code)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var card = await playground.Channel.PostCardAsync(Thread, new JsonObject(), "a card", CancellationToken.None);
        using var answer = await ClickAsync(browser, person, card, data, type, verb);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await PlaygroundBrowser.ErrorAsync(answer));
        Assert.Empty(playground.Clicks);
    }

    [Theory]
    [InlineData("{}", "unknown-person")]
    [InlineData("""{"as":"bob"}""", "not-supported")]
    [InlineData("""{"as":"bob","value":{}}""", "not-supported")]
    [InlineData("""{"as":"bob","replyToId":"x","value":{"action":null}}""", "not-supported")]
    public async Task Refuses_an_incomplete_body(string body, string code)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.PostAsync("/playground/clicks", body);
        Assert.Equal(code, await PlaygroundBrowser.ErrorAsync(answer));
    }

    [Fact]
    public async Task Refuses_a_click_on_something_that_is_no_card_here()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var said = await browser.SayAsync("alice", "hello", id: "m-1");
        foreach (var id in new[] { "m-1", "unknown" })
        {
            using var answer = await ClickAsync(browser, "bob", id, "{}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("card-gone", await PlaygroundBrowser.ErrorAsync(answer));
        }
    }

    [Fact]
    public async Task Refuses_too_many_and_too_large_values()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var card = await playground.Channel.PostCardAsync(Thread, new JsonObject(), "a card", CancellationToken.None);
        var many = "{" + string.Join(",", Enumerable.Range(0, 65).Select(n => $"\"k{n}\":1")) + "}";
        using var tooMany = await ClickAsync(browser, "bob", card, many);
        Assert.Equal("bad-values", await PlaygroundBrowser.ErrorAsync(tooMany));
        using var tooLarge = await ClickAsync(browser, "bob", card, "{\"a\":\"" + new string('x', 64 * 1024) + "\"}");
        Assert.Equal("too-long", await PlaygroundBrowser.ErrorAsync(tooLarge));
    }

    private static Task<HttpResponseMessage> ClickAsync(
        PlaygroundBrowser browser, string person, string card, string data, string type = "Action.Execute", string verb = "fix.approve") =>
        browser.PostAsync(
            "/playground/clicks",
            $$"""
            {"as":"{{person}}","language":"ja","replyToId":"{{card}}",
             "value":{"action":{"type":"{{type}}","id":"","verb":"{{verb}}","data":{{data}}},"trigger":"manual"} }
            """);
}
