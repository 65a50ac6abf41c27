using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Access;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Incidents;
using MailFlowBot.Testing.Teams;
using MailFlowBot.Tests.Channels.Teams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailFlowBot.Tests.Journeys;

/// <summary>The whole bot behind <c>/api/messages</c>, authentication on: signed activities in, cards out at the connector.</summary>
public sealed class TeamsJourneyTests
{
    private const string BobUser = "29:bob";

    [Fact]
    public async Task A_report_in_Teams_ends_verified_after_a_colleague_approved_on_the_card()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var authority = await FakeAuthority.StartAsync();
        await using var connector = await FakeConnector.StartAsync();
        connector.Members[TeamsActivity.User] = TeamsActivity.Member(TeamsFixture.Tenant, "user");
        connector.Members[BobUser] = Bob();
        var folder = Directory.CreateTempSubdirectory("mailflowbot-");
        var bob = Cast.Bob with { Tenant = TeamsFixture.Tenant };
        var settings = Journey.Settings(folder.FullName) with
        {
            Access = new AccessList(TeamsFixture.Tenant, [Cast.Alice with { Tenant = TeamsFixture.Tenant }], [bob]),
        };
        var adapter = new TeamsAdapter(
            TeamsSettings.From(new TeamsOptions
            {
                AppId = $"{TeamsFixture.AppId}",
                TenantId = $"{TeamsFixture.Tenant}",
                ClientSecret = "not a secret",
                OpenIdMetadata = issuer.Metadata.AbsoluteUri,
                Authority = authority.Address.AbsoluteUri,
                AllowedServiceUrls = [connector.ServiceUrl],
            }),
            TimeProvider.System,
            NullLogger<TeamsAdapter>.Instance);
        var bot = await Bot.OpenAsync(settings, (_, _) => { }, CancellationToken.None);
        bot.Add(adapter.Channel);
        await using var server = await LoopbackServer.StartAsync(app => adapter.Map(app, bot.Inbox, bot.Store.TryClaimAsync));

        async Task<HttpResponseMessage> PostAsync(JsonObject activity)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "api/messages"))
            {
                Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", issuer.Token(TeamsFixture.AppId, connector.ServiceUrl, TimeProvider.System.GetUtcNow()));
            return await TeamsFixture.Http.SendAsync(request);
        }

        using var heard = await PostAsync(TeamsActivity.Message(
            TeamsFixture.AppId, TeamsFixture.Tenant, connector.ServiceUrl, "1", "users on EX03 say mail stays in Outbox, 421 4.3.2 Service not active"));
        Assert.True(heard.IsSuccessStatusCode);
        await Until.TrueAsync(() => connector.Requests.Any(request => request.Card is not null && Approve(request.Card) is not null));
        var card = connector.Requests.Last(request => request.Card is not null && Approve(request.Card) is not null).Card!;

        var click = TeamsActivity.Click(
            TeamsFixture.AppId, TeamsFixture.Tenant, connector.ServiceUrl, "2", "fix.approve", (JsonObject)Approve(card)!["data"]!.DeepClone());
        click["value"]!["action"]!["data"]!["reason"] = "EX03 is mine";
        click["from"] = new JsonObject { ["id"] = BobUser, ["name"] = "bob", ["aadObjectId"] = $"{bob.ObjectId}" };
        click.Remove("replyToId");
        using var clicked = await PostAsync(click);
        var answer = JsonNode.Parse(await clicked.Content.ReadAsStringAsync())!;
        Assert.Equal("application/vnd.microsoft.activity.message", (string?)answer["type"]);
        Assert.StartsWith("Approved", (string?)answer["value"], StringComparison.Ordinal);

        await bot.Backlog.WhenIdleAsync();
        var incident = await bot.Log.FindAsync(new IncidentId(1), CancellationToken.None);
        Assert.Equal(IncidentState.Held, incident!.State);
        Assert.Contains(connector.Requests, request => request.Method == "PUT" && (request.Card?["fallbackText"]?.ToString().Contains("verified", StringComparison.Ordinal) ?? false));
        Assert.Contains(connector.Requests, request => request.Text?.Contains("approval needed", StringComparison.Ordinal) ?? false);
        await adapter.DisposeAsync();
        await bot.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static JsonObject? Approve(JsonObject card) => card["body"]!.AsArray().OfType<JsonObject>()
        .Where(element => (string?)element["type"] == "ActionSet")
        .SelectMany(set => set["actions"]!.AsArray().OfType<JsonObject>())
        .FirstOrDefault(action => (string?)action["verb"] == "fix.approve");

    private static JsonObject Bob()
    {
        var member = TeamsActivity.Member(TeamsFixture.Tenant, "user");
        member["id"] = BobUser;
        member["name"] = "bob";
        member["aadObjectId"] = $"{Cast.Bob.ObjectId}";
        return member;
    }
}
