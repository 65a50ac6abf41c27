using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MailFlowBot.Channels.Web;

/// <summary>
/// <c>GET /playground/events</c>: Server-Sent Events (HTML standard 9.2). First <c>snapshot</c> with all posts, then <c>change</c> for
/// each post that is new or edited. A stream that ends is opened again by the browser and begins with a snapshot.
/// </summary>
internal sealed class EventsEndpoint(WebChannel channel, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var watch = channel.Watch();
        if (watch is null)
        {
            await PlaygroundRefusal.TooManyWatchers.WriteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        // Without this an open window holds the host's shutdown for its whole grace period.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await WriteAsync(context.Response, "retry: 1000\nevent: snapshot\n", watch.Snapshot, BoardJson.Default.BoardSnapshot, ending.Token);
            await foreach (var change in watch.Changes.ReadAllAsync(ending.Token))
                await WriteAsync(context.Response, "event: change\n", change, BoardJson.Default.BoardChange, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The window was closed or the host stops: the normal end of a stream.
        }
    }

    private static async Task WriteAsync<T>(
        HttpResponse response, string head, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        // The serializer writes no line breaks, so one data line holds it all.
        await response.WriteAsync($"{head}data: {JsonSerializer.Serialize(value, type)}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
