using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Incidents;
using MailFlowBot.Testing.Teams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailFlowBot.Tests.Channels.Teams;

/// <summary>The whole channel on a real listener with authentication on: issuer, authority and connector beside it, time in the test's hand.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The test runner disposes of it through IAsyncLifetime.")]
public sealed class TeamsFixture : IAsyncLifetime
{
    public static readonly Guid AppId = new("bbbbbbbb-0000-4000-8000-000000000001");
    public static readonly Guid Tenant = new("eeeeeeee-0000-4000-8000-000000000001");

    /// <summary>Sends without following redirects, to the bot on loopback.</summary>
    public static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly ConcurrentDictionary<string, bool> _claimed = new();
    private TeamsAdapter? _adapter;
    private LoopbackServer? _bot;
    private int _ids;

    public FakeIssuer Issuer { get; private set; } = null!;

    public FakeAuthority Authority { get; private set; } = null!;

    public FakeConnector Connector { get; private set; } = null!;

    public ManualTime Time { get; } = new();

    public Uri Endpoint => new(_bot!.Address, "api/messages");

    /// <summary>The service URL that the settings allow.</summary>
    public string ServiceUrl => Connector.ServiceUrl;

    /// <summary>The store fails while set.</summary>
    public bool StoreDown { get; set; }

    internal ILogger<TeamsAdapter> Logger { get; init; } = NullLogger<TeamsAdapter>.Instance;

    internal RecordingInbox Inbox { get; } = new();

    internal IChannel Channel => _adapter!.Channel;

    internal static Conversation Conversation(string? serviceUrl) => new("teams", TeamsActivity.Thread, serviceUrl);

    public async Task InitializeAsync()
    {
        Issuer = await FakeIssuer.StartAsync();
        Authority = await FakeAuthority.StartAsync();
        Connector = await FakeConnector.StartAsync();
        Connector.Members[TeamsActivity.User] = TeamsActivity.Member(Tenant, "user");
        var options = new TeamsOptions
        {
            AppId = $"{AppId}",
            TenantId = $"{Tenant}",
            ClientSecret = "not a secret",
            OpenIdMetadata = Issuer.Metadata.AbsoluteUri,
            Authority = Authority.Address.AbsoluteUri,
            AllowedServiceUrls = [ServiceUrl],
        };
        Assert.Empty(TeamsOptionsValidator.Faults(options, []));
        _adapter = new TeamsAdapter(TeamsSettings.From(options), Time, Logger);
        _bot = await LoopbackServer.StartAsync(app => _adapter.Map(app, Inbox.Inbox, ClaimAsync));
    }

    public string Token() => Issuer.Token(AppId, ServiceUrl, Time.GetUtcNow());

    public JsonObject Claims() => FakeIssuer.Claims(AppId, ServiceUrl, Time.GetUtcNow());

    public JsonObject Message(string text = "mail is stuck") => TeamsActivity.Message(AppId, Tenant, ServiceUrl, NextId(), text);

    public JsonObject Click(string verb, JsonObject data) => TeamsActivity.Click(AppId, Tenant, ServiceUrl, NextId(), verb, data);

    public Task<HttpResponseMessage> PostAsync(JsonNode activity) => PostAsync(Token(), activity);

    public Task<HttpResponseMessage> PostAsync(string? token, JsonNode activity) => SendAsync(token, Json(activity.ToJsonString()));

    public async Task<HttpResponseMessage> SendAsync(string? token, HttpContent content, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, Endpoint) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request);
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Ends the channel while its listener still runs.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _adapter, null) is { } adapter)
            await adapter.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        if (_bot is not null)
            await _bot.DisposeAsync();
        await Connector.DisposeAsync();
        await Authority.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private string NextId() => Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);

    private Task<bool> ClaimAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        StoreDown ? throw new IOException("the store is down") : Task.FromResult(_claimed.TryAdd(key, true));
}
