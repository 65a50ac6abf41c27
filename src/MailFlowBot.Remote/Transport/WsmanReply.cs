using System.Runtime.CompilerServices;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// What came back for an envelope: 200 with an answer, 500 with a fault, anything else with whatever a server or proxy says.
/// </summary>
/// <param name="Status">As HTTP's.</param>
/// <param name="Body">
/// The bytes of the answer, decrypted, as they come; each piece is valid until the next one is asked for. To be enumerated once, to its
/// end or until the enumerator is disposed: only then is the connection free for the next request. Throws
/// <see cref="TransportException"/> when the answer breaks off.
/// </param>
internal sealed record WsmanReply(int Status, IAsyncEnumerable<ReadOnlyMemory<byte>> Body)
{
    /// <summary>An answer that is there as a whole.</summary>
    public WsmanReply(int status, ReadOnlyMemory<byte> body)
        : this(status, Whole(body))
    {
    }

    /// <summary>The body in one piece, which the caller may keep.</summary>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await foreach (var piece in Body.WithCancellation(cancellation).ConfigureAwait(false))
            all.Write(piece.Span);
        return all.ToArray();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Whole(
        ReadOnlyMemory<byte> body, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (!body.IsEmpty)
            yield return body;
    }
}
