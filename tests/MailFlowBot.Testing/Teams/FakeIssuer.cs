using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Testing.Teams;

/// <summary>The token issuer of the Bot Framework on loopback: metadata, keys with endorsements, tokens.</summary>
public sealed class FakeIssuer : IAsyncDisposable
{
    public const string Name = "https://api.botframework.com";

    private static readonly IssuerKey HonestKey = new("teams-1", "msteams");

    private readonly ConcurrentDictionary<string, IssuerKey> _published = new(StringComparer.Ordinal);
    private LoopbackServer? _server;
    private int _keyFetches;

    private FakeIssuer()
    {
    }

    /// <summary>A published key that may speak for Teams; one for all issuers, since making a key takes long.</summary>
    public IssuerKey Key { get; } = HonestKey;

    public Uri Metadata => new(_server!.Address, "v1/.well-known/openidconfiguration");

    /// <summary>How often the key set was fetched.</summary>
    public int KeyFetches => Volatile.Read(ref _keyFetches);

    /// <summary>Every request is answered with 503 while set.</summary>
    public bool Down { get; set; }

    public static async Task<FakeIssuer> StartAsync()
    {
        var issuer = new FakeIssuer();
        issuer.Publish(issuer.Key);
        issuer._server = await LoopbackServer.StartAsync(issuer.AnswerAsync).ConfigureAwait(false);
        return issuer;
    }

    public void Publish(IssuerKey key) => _published[key.Id] = key;

    public void Withdraw(IssuerKey key) => _published.TryRemove(key.Id, out _);

    /// <summary>The header of an honest token.</summary>
    public static JsonObject Header(IssuerKey key) => new() { ["alg"] = "RS256", ["kid"] = key.Id, ["typ"] = "JWT" };

    /// <summary>The claims of an honest token.</summary>
    public static JsonObject Claims(Guid appId, string serviceUrl, DateTimeOffset now) => new()
    {
        ["iss"] = Name,
        ["aud"] = appId.ToString("D", CultureInfo.InvariantCulture),
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["serviceurl"] = serviceUrl,
    };

    /// <summary>An honest token.</summary>
    public string Token(Guid appId, string serviceUrl, DateTimeOffset now) => Key.Sign(Header(Key), Claims(appId, serviceUrl, now));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (Down)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        if (context.Request.Path.Value!.EndsWith("openidconfiguration", StringComparison.Ordinal))
            return WriteAsync(context, new JsonObject { ["issuer"] = Name, ["jwks_uri"] = new Uri(_server!.Address, "v1/.well-known/keys").AbsoluteUri });
        Interlocked.Increment(ref _keyFetches);
        return WriteAsync(context, new JsonObject { ["keys"] = new JsonArray([.. _published.Values.Select(key => key.Published.DeepClone())]) });
    }

    private static Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
