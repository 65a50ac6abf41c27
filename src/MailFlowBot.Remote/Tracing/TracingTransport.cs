using System.Runtime.CompilerServices;
using System.Text;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tracing;

/// <summary>Records what goes over another transport, which it owns; the trace stays the caller's.</summary>
internal sealed class TracingTransport(IWsmanTransport inner, WireTrace trace) : IWsmanTransport
{
    /// <inheritdoc/>
    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var request = trace.Sent(Encoding.UTF8.GetString(envelope.Span));
        try
        {
            var reply = await inner.PostAsync(envelope, cancellation).ConfigureAwait(false);
            return reply with { Body = Record(reply, request, CancellationToken.None) };
        }
        catch (TransportException e)
        {
            trace.Failed(request, e.Fault.ToString(), e.Delivery.ToString());
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> Record(
        WsmanReply reply, (int Number, bool IsRepeat) request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await using var pieces = reply.Body.GetAsyncEnumerator(cancellation);
        while (await NextAsync(pieces, request).ConfigureAwait(false))
        {
            all.Write(pieces.Current.Span);
            yield return pieces.Current;
        }

        trace.Received(request, reply.Status, Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length));
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> pieces, (int Number, bool IsRepeat) request)
    {
        try
        {
            return await pieces.MoveNextAsync().ConfigureAwait(false);
        }
        catch (TransportException e)
        {
            trace.Failed(request, e.Fault.ToString(), e.Delivery.ToString());
            throw;
        }
    }
}
