using System.Globalization;
using System.Text;
using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Lab.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MailFlowBot.Lab.Injection;

/// <summary>What a fault has before it.</summary>
/// <param name="context">The request.</param>
/// <param name="connection">Its socket.</param>
/// <param name="endpoints">To let servers restart.</param>
/// <param name="envelope">The request's body, decrypted; empty where it was not read.</param>
/// <param name="ask">Has an envelope of this client answered by its endpoint.</param>
/// <param name="write">Writes a reply as it would be written without a fault, encrypted where that is due.</param>
internal sealed class FaultScene(
    HttpContext context,
    LabConnection connection,
    LabEndpoints endpoints,
    ReadOnlyMemory<byte> envelope,
    Func<ReadOnlyMemory<byte>, Task<LabReply>> ask,
    Func<LabReply, Task> write)
{
    // Long enough for the bytes to leave before the socket is cut, which may throw away what is still queued.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    public ReadOnlyMemory<byte> Envelope => envelope;

    public LabEndpoints Endpoints => endpoints;

    public string Path => context.Request.Path + context.Request.QueryString;

    /// <summary>Scheme of the token that the request brings; null when it brings none.</summary>
    public string? Scheme => context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header.Split(' ')[0] : null;

    /// <summary>Fires when the client closes the connection.</summary>
    public CancellationToken Gone => context.RequestAborted;

    public Task<LabReply> AskAsync(ReadOnlyMemory<byte> other) => ask(other);

    public Task ReplyAsync(LabReply reply) => write(reply);

    public Task DropAsync()
    {
        connection.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Says nothing until the client has enough.</summary>
    public async Task StaySilentAsync()
    {
        await WaitAsync(Timeout.InfiniteTimeSpan);
        connection.Abort();
    }

    /// <summary>Writes bytes past the HTTP server, so that length and body need not agree.</summary>
    public async Task WriteRawAsync(ReadOnlyMemory<byte> bytes)
    {
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(bytes);
    }

    /// <summary>A head of the status, with a length of one's own choosing.</summary>
    public Task WriteHeadAsync(LabReply reply, long? length) => WriteRawAsync(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {reply.Status} {(reply.Status == 200 ? "OK" : "Error")}\r\nContent-Type: {reply.ContentType}\r\n")
        + (length is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes}\r\n\r\n") : "Transfer-Encoding: chunked\r\n\r\n")));

    /// <summary>Lets what was written arrive, then cuts the connection.</summary>
    public async Task LingerAndDropAsync()
    {
        await WaitAsync(Linger);
        connection.Abort();
    }

    /// <summary>Waits, or until the client is gone; whether it is still there.</summary>
    public async Task<bool> WaitAsync(TimeSpan span)
    {
        try
        {
            await Task.Delay(span, Gone);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
