using System.Net;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Incidents;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class ClickTests : IAsyncLifetime
{
    private readonly TeamsFixture _bot = new();

    public Task InitializeAsync() => _bot.InitializeAsync();

    public Task DisposeAsync() => _bot.DisposeAsync();

    [Fact]
    public async Task A_click_is_answered_with_a_text_under_the_card()
    {
        _bot.Inbox.OnClick = _ => Task.FromResult(new ClickAnswer("承認しました", null));
        var activity = _bot.Click("fix.approve", new JsonObject { ["p"] = "INC-7", ["n"] = "abc", ["reason"] = "ok\nso" });
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        AssertJson(
            """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"承認しました"}""",
            await response.Content.ReadAsStringAsync());
        var click = await _bot.Inbox.NextClickAsync();
        Assert.Equal("fix.approve", click.Verb);
        Assert.Equal("1481567603999", click.CardMessage);
        Assert.Equal(new Person(new Guid(TeamsActivity.ObjectId), TeamsFixture.Tenant, "Megan Bowen", IsGuest: false), click.From);
        Assert.Equal(
            [("n", "abc"), ("p", "INC-7"), ("reason", "ok\nso")],
            click.Values.Select(value => (value.Key, value.Value)).Order());
    }

    [Fact]
    public async Task A_click_that_is_delivered_again_gets_the_same_answer_and_is_not_made_again()
    {
        var count = 0;
        _bot.Inbox.OnClick = _ => Task.FromResult(new ClickAnswer($"answer {Interlocked.Increment(ref count)}", null));
        var activity = _bot.Click("fix.approve", []);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await _bot.PostAsync(activity);
            return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"];
        }));
        Assert.Equal(["answer 1"], answers.Distinct());
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task A_slow_click_is_answered_in_time_and_its_result_comes_as_a_reply()
    {
        var result = new TaskCompletionSource<ClickAnswer>();
        _bot.Inbox.OnClick = _ => result.Task;
        var pending = _bot.PostAsync(_bot.Click("fix.approve", []));
        await _bot.Inbox.NextClickAsync();
        // The click was looked up already, so the one timer that is due that soon is the answer's.
        await Until.TrueAsync(() => _bot.Time.Waiting(ClickWork.Budget) > 0);
        _bot.Time.Advance(ClickWork.Budget);
        using var response = await pending;
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("application/vnd.microsoft.activity.message", (string?)answer["type"]);
        Assert.Equal(ClickTexts.In("en").Working, (string?)answer["value"]);
        result.SetResult(new ClickAnswer("You may not approve what you asked for.", "requester"));
        var reply = await _bot.Connector.NextWriteAsync();
        Assert.Equal("<at>Megan Bowen</at> You may not approve what you asked for.", reply.Text);
    }

    [Fact]
    public async Task A_click_that_fails_is_told_in_words_and_not_as_500()
    {
        _bot.Inbox.OnClick = _ => throw new InvalidOperationException("secret detail");
        using var response = await _bot.PostAsync(_bot.Click("fix.approve", []));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret detail", body, StringComparison.Ordinal);
        var answer = JsonNode.Parse(body)!;
        Assert.Equal(500, (int)answer["statusCode"]!);
        Assert.Equal("application/vnd.microsoft.error", (string?)answer["type"]);
        Assert.Equal("InternalServerError", (string?)answer["value"]!["code"]);
        Assert.Equal(ClickTexts.In("en").Failed, (string?)answer["value"]!["message"]);
    }

    [Fact]
    public async Task A_click_goes_on_when_the_store_is_back()
    {
        var activity = _bot.Click("fix.approve", []);
        _bot.StoreDown = true;
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(0, _bot.Inbox.ClicksLeft);
        _bot.StoreDown = false;
        using var again = await _bot.PostAsync(activity);
        Assert.Equal("done", (string?)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["value"]);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "no value", "BadRequest" },
        { "value is text", "BadRequest" },
        { "no action", "BadRequest" },
        { "Action.Submit", "NotSupported" },
        { "no verb", "BadRequest" },
        { "empty verb", "BadRequest" },
        { "verb is a number", "BadRequest" },
        { "long verb", "BadRequest" },
        { "33 values", "BadRequest" },
        { "long value", "BadRequest" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_click_gets_an_error_envelope(string what, string code)
    {
        var activity = _bot.Click("fix.approve", new JsonObject { ["p"] = "INC-7" });
        var action = activity["value"]!["action"]!.AsObject();
        switch (what)
        {
            case "no value": activity.Remove("value"); break;
            case "value is text": activity["value"] = "approve"; break;
            case "no action": activity["value"]!.AsObject().Remove("action"); break;
            case "Action.Submit": action["type"] = "Action.Submit"; break;
            case "no verb": action.Remove("verb"); break;
            case "empty verb": action["verb"] = ""; break;
            case "verb is a number": action["verb"] = 1; break;
            case "long verb": action["verb"] = new string('x', 65); break;
            case "33 values": action["data"] = new JsonObject(Enumerable.Range(0, 33).Select(at => KeyValuePair.Create($"k{at}", (JsonNode?)"v"))); break;
            case "long value": action["data"]!["reason"] = new string('x', 40_000); break;
            default: throw new ArgumentException(what);
        }

        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(400, (int)answer["statusCode"]!);
        Assert.Equal("application/vnd.microsoft.error", (string?)answer["type"]);
        Assert.Equal(code, (string?)answer["value"]!["code"]);
        Assert.NotNull((string?)answer["value"]!["message"]);
        Assert.Equal(0, _bot.Inbox.ClicksLeft);
    }

    [Theory]
    [InlineData("task/fetch")]
    [InlineData("signin/verifyState")]
    [InlineData("AdaptiveCard/Action")]
    [InlineData(null)]
    public async Task An_unknown_invoke_is_not_implemented(string? name)
    {
        var activity = _bot.Click("fix.approve", []);
        activity["name"] = name;
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_click_of_someone_who_cannot_be_looked_up_is_a_guests()
    {
        _bot.Connector.Fail(500);
        using var response = await _bot.PostAsync(_bot.Click("fix.approve", []));
        Assert.True((await _bot.Inbox.NextClickAsync()).From.IsGuest);
    }

    [Fact]
    public async Task The_submit_of_an_old_client_is_a_click_and_is_answered_by_a_reply()
    {
        _bot.Inbox.OnClick = _ => Task.FromResult(new ClickAnswer("Rejected.", null));
        var activity = _bot.Message();
        activity.Remove("text");
        activity.Remove("entities");
        activity["replyToId"] = "card-1";
        activity["value"] = new JsonObject { ["verb"] = "fix.reject", ["p"] = "INC-7", ["n"] = 5, ["sure"] = true };
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var click = await _bot.Inbox.NextClickAsync();
        Assert.Equal(("fix.reject", "card-1"), (click.Verb, click.CardMessage));
        Assert.Equal([("n", "5"), ("p", "INC-7"), ("sure", "true")], click.Values.Select(value => (value.Key, value.Value)).Order());
        var reply = await _bot.Connector.NextWriteAsync();
        Assert.Equal("<at>Megan Bowen</at> Rejected.", reply.Text);
    }

    [Fact]
    public void The_channels_own_sentences_exist_in_both_languages()
    {
        Assert.Equal(ClickTexts.In("en").Keys.Order(), ClickTexts.In("ja").Keys.Order());
        foreach (var language in new[] { "en", "ja" })
        {
            var texts = ClickTexts.In(language);
            Assert.All([texts.Working, texts.Known, texts.Failed], text => Assert.NotEqual("", text));
        }

        Assert.NotEqual(ClickTexts.In("en").Failed, ClickTexts.In("ja").Failed);
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
