using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Incidents;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class ConnectorTests : IAsyncLifetime
{
    private const string Thread = "/amer/v3/conversations/19%3Aincidents%40thread.tacv2%3Bmessageid%3D1481567603816";

    private readonly TeamsFixture _bot = new();

    private Conversation Conversation => TeamsFixture.Conversation(_bot.ServiceUrl);

    private static JsonObject Card => new() { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray() };

    public Task InitializeAsync() => _bot.InitializeAsync();

    public Task DisposeAsync() => _bot.DisposeAsync();

    [Fact]
    public async Task Posts_a_card_with_the_bots_token_and_without_text()
    {
        var id = await _bot.Channel.PostCardAsync(Conversation, Card, "Mail is stuck / メールが滞留", default);
        Assert.Equal("message-1", id);
        var request = await _bot.Connector.NextWriteAsync();
        Assert.Equal(("POST", $"{Thread}/activities"), (request.Method, request.Target));
        Assert.Equal("Bearer connector-token-1", request.Authorization);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        var expected = JsonNode.Parse($$$"""
            {"type":"message","from":{"id":"28:{{{TeamsFixture.AppId}}}"},"conversation":{"id":"{{{TeamsActivity.Thread}}}"},
             "summary":"Mail is stuck / メールが滞留",
             "attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","body":[]}}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, request.Body), request.Body!.ToJsonString());
    }

    [Fact]
    public async Task Edits_the_card_in_place()
    {
        await _bot.Channel.UpdateCardAsync(Conversation, "message/1", Card, "done", default);
        var request = await _bot.Connector.NextWriteAsync();
        Assert.Equal(("PUT", $"{Thread}/activities/message%2F1"), (request.Method, request.Target));
        Assert.Equal("AdaptiveCard", (string?)request.Card!["type"]);
        Assert.Null(request.Text);
    }

    [Fact]
    public async Task Replies_with_plain_text()
    {
        await _bot.Channel.ReplyAsync(Conversation, "<b>412</b>\n*x*", [], default);
        var request = await _bot.Connector.NextWriteAsync();
        Assert.Equal(("<b>412</b>\n*x*", "plain"), (request.Text, (string?)request.Body!["textFormat"]));
        Assert.Null(request.Card);
    }

    [Fact]
    public async Task Mentions_people_by_their_ids_and_escapes_everything_else()
    {
        using var heard = await _bot.PostAsync(_bot.Message());
        var megan = (await _bot.Inbox.NextMessageAsync()).From;
        var stranger = new Person(Guid.NewGuid(), TeamsFixture.Tenant, "<at>All</at>", IsGuest: false);
        await _bot.Channel.ReplyAsync(Conversation, "approval needed <at>x</at>\n& more", [megan, stranger], default);
        var request = await _bot.Connector.NextWriteAsync();
        Assert.Equal(
            "<at>Megan Bowen</at> <at>&lt;at&gt;All&lt;/at&gt;</at> approval needed &lt;at&gt;x&lt;/at&gt;<br/>&amp; more", request.Text);
        var ids = request.Body!["entities"]!.AsArray().Select(entity => (string?)entity!["mentioned"]!["id"]);
        Assert.Equal([TeamsActivity.User, $"{stranger.ObjectId}"], ids);
        Assert.All(request.Body["entities"]!.AsArray(), entity => Assert.Contains((string)entity!["text"]!, request.Text!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asks_the_authority_once_for_many_calls()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(
            at => _bot.Channel.ReplyAsync(Conversation with { Thread = $"19:{at}@thread.v2" }, "hello", [], default)));
        var form = Assert.Single(_bot.Authority.Asked);
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal($"{TeamsFixture.AppId}", form["client_id"]);
        Assert.Equal("https://api.botframework.com/.default", form["scope"].Split(' ')[0]);
        Assert.Equal("not a secret", form["client_secret"]);
        Assert.Equal($"/{TeamsFixture.Tenant}/oauth2/v2.0/token", Assert.Single(_bot.Authority.Paths));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        _bot.Connector.Fail(401);
        await _bot.Channel.ReplyAsync(Conversation, "hello", [], default);
        Assert.Equal("Bearer connector-token-2", (await _bot.Connector.NextWriteAsync()).Authorization);

        _bot.Connector.Fail(401);
        _bot.Connector.Fail(401);
        var failed = await FailsAsync(() => _bot.Channel.ReplyAsync(Conversation, "hello", [], default));
        Assert.Equal(ConnectorFault.NoToken, failed.Fault);
        Assert.Equal(4, _bot.Connector.Requests.Count);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        _bot.Authority.Refusing = true;
        var failed = await FailsAsync(() => _bot.Channel.ReplyAsync(Conversation, "hello", [], default));
        Assert.Equal(ConnectorFault.NoToken, failed.Fault);
        Assert.Contains("invalid_client", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not a secret", failed.ToString(), StringComparison.Ordinal);
        Assert.Empty(_bot.Connector.Requests);
    }

    [Fact]
    public async Task Waits_as_long_as_a_throttling_connector_asks()
    {
        _bot.Connector.Fail(429, retryAfter: "7");
        var reply = _bot.Channel.ReplyAsync(Conversation, "hello", [], default);
        await WaitForRetryAsync();
        _bot.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(_bot.Connector.Requests);
        Assert.False(reply.IsCompleted);
        _bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        await reply;
        Assert.Equal(2, _bot.Connector.Requests.Count);
    }

    [Theory]
    [InlineData(403, ConnectorFault.Blocked)]
    [InlineData(404, ConnectorFault.Gone)]
    [InlineData(413, ConnectorFault.TooLarge)]
    [InlineData(400, ConnectorFault.Refused)]
    [InlineData(500, ConnectorFault.OutcomeUnknown)]
    [InlineData(408, ConnectorFault.OutcomeUnknown)]
    internal async Task A_post_that_is_not_surely_lost_is_not_repeated(int status, ConnectorFault fault)
    {
        _bot.Connector.Fail(status);
        var failed = await FailsAsync(() => _bot.Channel.PostCardAsync(Conversation, Card, "x", default));
        Assert.Equal(fault, failed.Fault);
        Assert.Single(_bot.Connector.Requests);
    }

    [Fact]
    public async Task A_post_whose_connection_breaks_is_unknown_and_not_repeated()
    {
        _bot.Connector.Cut();
        var failed = await FailsAsync(() => _bot.Channel.PostCardAsync(Conversation, Card, "x", default));
        Assert.Equal(ConnectorFault.OutcomeUnknown, failed.Fault);
        Assert.Single(_bot.Connector.Requests);
    }

    [Fact]
    public async Task An_edit_is_repeated_since_it_says_the_same_twice()
    {
        _bot.Connector.Fail(500);
        var edit = _bot.Channel.UpdateCardAsync(Conversation, "message-1", Card, "x", default);
        await WaitForRetryAsync();
        _bot.Time.Advance(TimeSpan.FromSeconds(3));
        await edit;
        Assert.Equal(2, _bot.Connector.Requests.Count);
    }

    [Fact]
    public async Task Gives_up_when_no_answer_comes()
    {
        var never = new TaskCompletionSource();
        _bot.Connector.Hold(never.Task);
        var post = _bot.Channel.PostCardAsync(Conversation, Card, "x", default);
        await Until.TrueAsync(() => _bot.Connector.Requests.Count == 1);
        _bot.Time.Advance(TimeSpan.FromSeconds(15));
        var failed = await FailsAsync(() => post);
        Assert.Equal(ConnectorFault.OutcomeUnknown, failed.Fault);
        never.SetResult();
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        await using var attacker = await FakeConnector.StartAsync();
        _bot.Connector.Fail(307, location: attacker.ServiceUrl);
        await FailsAsync(() => _bot.Channel.ReplyAsync(Conversation, "hello", [], default));
        Assert.Empty(attacker.Requests);
    }

    [Fact]
    public async Task Sends_nothing_to_an_address_outside_the_list()
    {
        await using var attacker = await FakeConnector.StartAsync();
        var failed = await FailsAsync(() => _bot.Channel.ReplyAsync(TeamsFixture.Conversation(attacker.ServiceUrl), "hello", [], default));
        Assert.Equal(ConnectorFault.AddressNotAllowed, failed.Fault);
        await FailsAsync(() => _bot.Channel.ReplyAsync(TeamsFixture.Conversation(null), "hello", [], default));
        Assert.Empty(attacker.Requests);
        Assert.Empty(_bot.Authority.Asked);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Sends_nothing_for_an_id_that_leads_elsewhere(string message)
    {
        await FailsAsync(() => _bot.Channel.UpdateCardAsync(Conversation, message, Card, "x", default));
        Assert.Empty(_bot.Connector.Requests);
    }

    [Fact]
    public async Task Uses_the_newest_service_URL_that_the_thread_was_heard_from()
    {
        using var heard = await _bot.PostAsync(_bot.Message());
        await _bot.Inbox.NextMessageAsync();
        await _bot.Channel.ReplyAsync(TeamsFixture.Conversation("https://smba.trafficmanager.net/old/"), "hello", [], default);
        Assert.Equal("hello", (await _bot.Connector.NextWriteAsync()).Text);
    }

    [Fact]
    public async Task Of_edits_that_pile_up_only_the_last_goes_out()
    {
        var hold = new TaskCompletionSource();
        _bot.Connector.Hold(hold.Task);
        var edits = new List<Task> { Edit(1) };
        await Until.TrueAsync(() => _bot.Connector.Requests.Count == 1);
        for (var at = 2; at <= 10; at++)
            edits.Add(Edit(at));
        hold.SetResult();
        await Task.WhenAll(edits);
        Assert.Equal(["1", "10"], _bot.Connector.Requests.Select(request => (string?)request.Body!["summary"]));

        Task Edit(int revision) => _bot.Channel.UpdateCardAsync(Conversation, "message-1", Card, $"{revision}", default);
    }

    [Fact]
    public async Task Status_edits_keep_below_the_rate_of_Teams_and_the_last_state_wins()
    {
        for (var at = 0; at < SendPace.ThreadBurst; at++)
            await Edit($"{at}");
        var overtaken = Edit("overtaken");
        await Until.TrueAsync(() => _bot.Time.Waiting(TimeSpan.FromSeconds(1)) > 0);
        var last = Edit("last");
        Assert.Equal(SendPace.ThreadBurst, _bot.Connector.Requests.Count);
        _bot.Time.Advance(TimeSpan.FromSeconds(1));
        await overtaken;
        await Until.TrueAsync(() => last.IsCompleted || _bot.Time.Waiting(TimeSpan.FromSeconds(1)) > 0);
        _bot.Time.Advance(TimeSpan.FromSeconds(1));
        await last;
        Assert.Equal(["0", "1", "2", "3", "4", "last"], _bot.Connector.Requests.Select(request => (string?)request.Body!["summary"]));

        Task Edit(string summary) => _bot.Channel.UpdateCardAsync(Conversation, "message-1", Card, summary, default);
    }

    /// <summary>A retry shows as a timer that is due before any call's patience ends.</summary>
    private Task WaitForRetryAsync() => Until.TrueAsync(() => _bot.Time.Waiting(TimeSpan.FromSeconds(8)) > 0);

    /// <summary>Bounded, so that a retry that waits for the test's clock fails the test instead of hanging it.</summary>
    private static Task<ConnectorFailed> FailsAsync(Func<Task> call) =>
        Assert.ThrowsAsync<ConnectorFailed>(() => call().WaitAsync(TimeSpan.FromSeconds(30)));
}
