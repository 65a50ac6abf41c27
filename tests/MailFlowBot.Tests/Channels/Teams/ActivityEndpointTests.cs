using System.Net;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Incidents;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class ActivityEndpointTests : IAsyncLifetime
{
    private readonly TeamsFixture _bot = new();

    public Task InitializeAsync() => _bot.InitializeAsync();

    public Task DisposeAsync() => _bot.DisposeAsync();

    [Fact]
    public async Task A_message_reaches_the_host_with_its_lines_and_without_the_mention()
    {
        var activity = _bot.Message("users on EX03 say mail stays in Outbox 412 4.3.2");
        activity["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "text/html",
            ["content"] = "<div><span itemscope=\"\" itemtype=\"http://schema.skype.com/Mention\" itemid=\"0\">MailFlowBot</span>&nbsp;users on "
                + "EX03 say<br>mail stays in Outbox</div><div>412 4.3.2 &lt;Service not active&gt;</div>",
        });
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var message = await _bot.Inbox.NextMessageAsync();
        Assert.Equal("users on EX03 say\nmail stays in Outbox\n412 4.3.2 <Service not active>", message.Text);
        Assert.Equal(new Conversation("teams", TeamsActivity.Thread, _bot.ServiceUrl), message.Conversation);
        Assert.Equal(new Person(new Guid(TeamsActivity.ObjectId), TeamsFixture.Tenant, "Megan Bowen", IsGuest: false), message.From);
        Assert.Equal("en", message.Language);
        Assert.Equal((string)activity["id"]!, message.Id);
    }

    [Fact]
    public async Task The_same_activity_twice_is_handled_once()
    {
        var activity = _bot.Message("first");
        foreach (var _ in new[] { 1, 2, 3 })
        {
            using var response = await _bot.PostAsync(activity);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using var last = await _bot.PostAsync(_bot.Message("second"));
        var texts = new[] { (await _bot.Inbox.NextMessageAsync()).Text, (await _bot.Inbox.NextMessageAsync()).Text };
        Assert.Equal(["first", "second"], texts.Order());
        Assert.Equal(0, _bot.Inbox.MessagesLeft);
    }

    [Theory]
    [InlineData("conversationUpdate")]
    [InlineData("installationUpdate")]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("messageReaction")]
    [InlineData("typing")]
    [InlineData("somethingNew")]
    public async Task Takes_other_types_without_acting_on_them(string type)
    {
        var activity = _bot.Message();
        activity["type"] = type;
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertNothingBeforeAsync();
    }

    [Fact]
    public async Task A_channel_message_that_does_not_mention_the_bot_is_not_for_it()
    {
        var activity = _bot.Message();
        activity["entities"]![0]!["mentioned"]!["id"] = "29:someone";
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertNothingBeforeAsync();
    }

    [Fact]
    public async Task A_bot_is_not_listened_to()
    {
        var activity = _bot.Message();
        activity["from"]!["id"] = "28:another-bot";
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertNothingBeforeAsync();
    }

    [Fact]
    public async Task An_overloaded_bot_puts_messages_off_and_takes_them_later()
    {
        var gate = new TaskCompletionSource();
        _bot.Inbox.OnMessage = _ => gate.Task;
        JsonObject? refused = null;
        var taken = 0;
        while (refused is null)
        {
            Assert.True(taken <= 2 * ActivityQueue.Capacity, "The queue has no end.");
            var activity = _bot.Message($"message {taken}");
            using var response = await _bot.PostAsync(activity);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                taken++;
                continue;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
            refused = activity;
        }

        Assert.True(taken >= ActivityQueue.Capacity);
        gate.SetResult();
        for (var at = 0; at < taken; at++)
            await _bot.Inbox.NextMessageAsync();
        using var again = await _bot.PostAsync(refused);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal($"message {taken}", (await _bot.Inbox.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task A_delivery_that_could_not_be_recorded_is_put_off_and_not_lost()
    {
        var activity = _bot.Message("hello");
        _bot.StoreDown = true;
        using var response = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        _bot.StoreDown = false;
        using var again = await _bot.PostAsync(activity);
        Assert.Equal("hello", (await _bot.Inbox.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task A_message_whose_work_fails_does_not_stop_the_next()
    {
        _bot.Inbox.OnMessage = _ => throw new InvalidOperationException("a fault");
        for (var at = 0; at < 40; at++)
        {
            using var response = await _bot.PostAsync(_bot.Message($"{at}"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await _bot.Inbox.NextMessageAsync();
        }
    }

    [Fact]
    public async Task A_stopping_bot_ends_what_it_took_and_takes_no_more()
    {
        var gate = new TaskCompletionSource();
        var ended = 0;
        _bot.Inbox.OnMessage = async _ =>
        {
            await gate.Task;
            Interlocked.Increment(ref ended);
        };
        for (var at = 0; at < 50; at++)
        {
            using var taken = await _bot.PostAsync(_bot.Message());
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        var stopping = _bot.StopAsync();
        using var late = await _bot.PostAsync(_bot.Message());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        gate.SetResult();
        await stopping;
        Assert.Equal(50, ended);
    }

    [Theory]
    [InlineData("guest", false)]
    [InlineData("anonymous", false)]
    [InlineData("Guest", false)]
    [InlineData("foreign", false)]
    [InlineData("unknown to the conversation", false)]
    [InlineData("user", true)]
    public async Task Only_a_member_that_is_no_guest_counts(string role, bool counts)
    {
        if (role == "unknown to the conversation")
            _bot.Connector.Members.Clear();
        else
            _bot.Connector.Members[TeamsActivity.User] = TeamsActivity.Member(role == "foreign" ? Guid.NewGuid() : TeamsFixture.Tenant, role);
        using var response = await _bot.PostAsync(_bot.Message());
        Assert.Equal(!counts, (await _bot.Inbox.NextMessageAsync()).From.IsGuest);
    }

    [Fact]
    public async Task A_member_is_asked_for_once_in_five_minutes()
    {
        for (var at = 0; at < 3; at++)
        {
            using var response = await _bot.PostAsync(_bot.Message());
            await _bot.Inbox.NextMessageAsync();
        }

        Assert.Single(_bot.Connector.Requests);
        _bot.Connector.Members[TeamsActivity.User] = TeamsActivity.Member(TeamsFixture.Tenant, "guest");
        _bot.Time.Advance(TimeSpan.FromMinutes(5));
        using var later = await _bot.PostAsync(_bot.Message());
        Assert.True((await _bot.Inbox.NextMessageAsync()).From.IsGuest);
    }

    [Fact]
    public async Task The_member_is_asked_for_with_escaped_ids_and_the_bots_own_token()
    {
        using var response = await _bot.PostAsync(_bot.Message());
        await _bot.Inbox.NextMessageAsync();
        var request = Assert.Single(_bot.Connector.Requests);
        Assert.Equal(
            "/amer/v3/conversations/19%3Aincidents%40thread.tacv2%3Bmessageid%3D1481567603816/members/29%3A"
            + TeamsActivity.User[3..], request.Target);
        Assert.Equal("Bearer connector-token-1", request.Authorization);
    }

    [Fact]
    public async Task A_forged_service_URL_makes_no_request_at_all()
    {
        await using var attacker = await FakeConnector.StartAsync();
        var activity = _bot.Message();
        activity["serviceUrl"] = attacker.ServiceUrl;
        using var differs = await _bot.PostAsync(activity);
        Assert.Equal(HttpStatusCode.Unauthorized, differs.StatusCode);
        var token = _bot.Issuer.Token(TeamsFixture.AppId, attacker.ServiceUrl, _bot.Time.GetUtcNow());
        using var vouched = await _bot.PostAsync(token, activity);
        Assert.Equal(HttpStatusCode.Forbidden, vouched.StatusCode);
        await AssertNothingBeforeAsync();
        Assert.Empty(attacker.Requests);
    }

    /// <summary>What was sent before must not have reached the host: the next message is the first that does.</summary>
    private async Task AssertNothingBeforeAsync()
    {
        using var response = await _bot.PostAsync(_bot.Message("the next"));
        Assert.Equal("the next", (await _bot.Inbox.NextMessageAsync()).Text);
        Assert.Equal(0, _bot.Inbox.MessagesLeft);
    }
}
