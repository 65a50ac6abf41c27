using System.Net;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Testing.Teams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class WithoutRegistrationTests
{
    private static readonly TeamsOptions Options = new() { RequireToken = "false" };

    [Fact]
    public void The_channel_is_there_only_when_it_is_asked_for()
    {
        Assert.False(TeamsSettings.Wanted(new TeamsOptions()));
        Assert.True(TeamsSettings.Wanted(Options));
        Assert.True(TeamsSettings.Wanted(new TeamsOptions { AppId = "x" }));
    }

    [Fact]
    public async Task A_local_channel_talks_to_the_bot_without_tokens()
    {
        await using var connector = await FakeConnector.StartAsync();
        connector.Members[TeamsActivity.User] = TeamsActivity.Member(TeamsFixture.Tenant, "user");
        var inbox = new RecordingInbox();
        await using var adapter = new TeamsAdapter(TeamsSettings.From(Options), new ManualTime(), NullLogger<TeamsAdapter>.Instance);
        await using var bot = await LoopbackServer.StartAsync(
            app => adapter.Map(app, inbox.Inbox, (_, _, _) => Task.FromResult(true)));
        using var response = await PostAsync(bot, connector.ServiceUrl);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var message = await inbox.NextMessageAsync();
        Assert.False(message.From.IsGuest);
        await adapter.Channel.ReplyAsync(message.Conversation, "hello", [], default);
        Assert.All(connector.Requests, request => Assert.Null(request.Authorization));
        Assert.False((await connector.NextWriteAsync()).Body!.ContainsKey("from"));

        using var elsewhere = await PostAsync(bot, "https://smba.example/");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(LoopbackServer bot, string serviceUrl)
    {
        JsonObject activity = TeamsActivity.Message(TeamsFixture.AppId, TeamsFixture.Tenant, serviceUrl, "1", "hello");
        using var content = TeamsFixture.Json(activity.ToJsonString());
        return await TeamsFixture.Http.PostAsync(new Uri(bot.Address, "api/messages"), content);
    }
}
