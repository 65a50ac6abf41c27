using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MailFlowBot.Testing.Teams;

/// <summary>The Bot Connector on loopback: takes and edits activities, knows members, fails as it is told.</summary>
public sealed class FakeConnector : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task<bool>>> _script = new();
    private readonly Channel<ConnectorRequest> _writes = Channel.CreateUnbounded<ConnectorRequest>();
    private LoopbackServer? _server;
    private int _messages;

    private FakeConnector()
    {
    }

    /// <summary>The service URL, with a path as Teams has one.</summary>
    public string ServiceUrl => new Uri(_server!.Address, "amer/").AbsoluteUri;

    /// <summary>Every request, in order.</summary>
    public ConcurrentQueue<ConnectorRequest> Requests { get; } = new();

    /// <summary>Members by their <c>29:</c> id.</summary>
    public ConcurrentDictionary<string, JsonObject> Members { get; } = new();

    public static async Task<FakeConnector> StartAsync()
    {
        var connector = new FakeConnector();
        connector._server = await LoopbackServer.StartAsync(connector.AnswerAsync).ConfigureAwait(false);
        return connector;
    }

    /// <summary>The next POST or PUT that was taken; waits for it.</summary>
    public async Task<ConnectorRequest> NextWriteAsync() =>
        await _writes.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);

    /// <summary>The next request gets this status instead of being served.</summary>
    public void Fail(int status, string? retryAfter = null, string? location = null) => _script.Enqueue(context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        if (location is not null)
            context.Response.Headers.Location = location;
        return Task.FromResult(true);
    });

    /// <summary>The next request is read and then the connection is cut.</summary>
    public void Cut() => _script.Enqueue(context =>
    {
        context.Abort();
        return Task.FromResult(true);
    });

    /// <summary>The next request waits for the task before it is served.</summary>
    public void Hold(Task until) => _script.Enqueue(async _ =>
    {
        await until.ConfigureAwait(false);
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync().ConfigureAwait(false);
        var request = new ConnectorRequest(
            context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.Authorization.SingleOrDefault(), context.Request.ContentType,
            body.Length == 0 ? null : JsonNode.Parse(body)!.AsObject());
        Requests.Enqueue(request);
        if (_script.TryDequeue(out var instead) && await instead(context).ConfigureAwait(false))
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (request.Method == HttpMethods.Get)
        {
            var user = context.Request.Path.Value!.Split('/')[^1];
            if (!Members.TryGetValue(user, out var member))
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync(member?.ToJsonString() ?? """{"error":{"code":"MemberNotFoundInConversation"}}""")
                .ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = request.Method == HttpMethods.Post ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        var id = $"message-{Interlocked.Increment(ref _messages).ToString(CultureInfo.InvariantCulture)}";
        await context.Response.WriteAsync(new JsonObject { ["id"] = id }.ToJsonString()).ConfigureAwait(false);
        await _writes.Writer.WriteAsync(request).ConfigureAwait(false);
    }
}
