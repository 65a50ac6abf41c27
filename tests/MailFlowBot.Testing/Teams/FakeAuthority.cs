using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Testing.Teams;

/// <summary>The login authority on loopback: gives numbered tokens for client credentials.</summary>
public sealed class FakeAuthority : IAsyncDisposable
{
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _asked = new();
    private LoopbackServer? _server;

    private FakeAuthority()
    {
    }

    public Uri Address => _server!.Address;

    /// <summary>The forms of all token requests.</summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, string>> Asked => _asked;

    /// <summary>Paths of all token requests.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>Every request is refused while set.</summary>
    public bool Refusing { get; set; }

    public static async Task<FakeAuthority> StartAsync()
    {
        var authority = new FakeAuthority();
        authority._server = await LoopbackServer.StartAsync(authority.AnswerAsync).ConfigureAwait(false);
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync().ConfigureAwait(false);
        Paths.Enqueue(context.Request.Path.Value!);
        _asked.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));
        context.Response.ContentType = "application/json";
        if (Refusing)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("""{"error":"invalid_client","error_description":"AADSTS7000215"}""").ConfigureAwait(false);
            return;
        }

        var number = _asked.Count.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync($$"""{"token_type":"Bearer","expires_in":3600,"access_token":"connector-token-{{number}}"}""")
            .ConfigureAwait(false);
    }
}
