using System.Buffers;
using System.Runtime.CompilerServices;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// The body of an answer as it comes from a lane. Read to its end, the lane goes back for the next request; left early, broken or never
/// looked at, its connection is closed.
/// </summary>
internal sealed class LaneBody(LaneAnswer.Answered answer, Lane lane, LaneQueue queue, string where) : IAsyncEnumerable<ReadOnlyMemory<byte>>
{
    private int _returned;

    ~LaneBody() => Return(isClean: false);

    public async IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _returned) != 0)
            throw new InvalidOperationException("The body of an answer can be read once.");
        var isWhole = false;
        try
        {
            var pieces = answer.Encryption is { } encryption ? DecryptAsync(encryption, cancellationToken) : ReadAsync(cancellationToken);
            await foreach (var piece in pieces.ConfigureAwait(false))
                yield return piece;
            isWhole = true;
        }
        finally
        {
            answer.Response.Dispose();
            Return(isWhole);
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> DecryptAsync(MessageEncryption encryption, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = encryption.Reader(TransportLimits.MaxAnswer);
        await foreach (var piece in ReadAsync(cancellation).ConfigureAwait(false))
        {
            reader.Append(piece.Span);
            while (Next(reader, encryption, out var plain))
                yield return plain;
        }

        Ensure(reader.EnsureComplete);
    }

    private bool Next(EncryptedMultipartReader reader, MessageEncryption encryption, out ReadOnlyMemory<byte> plain)
    {
        ReadOnlyMemory<byte> opened = default;
        var isRead = false;
        Ensure(() =>
        {
            isRead = reader.TryRead(out var part);
            opened = isRead ? encryption.Open(part) : default;
        });
        plain = opened;
        return isRead;
    }

    private void Ensure(Action step)
    {
        try
        {
            step();
        }
        catch (EncryptedMessageException e)
        {
            throw new TransportException(TransportFault.BadAnswer, Delivery.Unknown, $"{where}: {e.Message}", e);
        }
        catch (ObjectDisposedException e)
        {
            throw new TransportException(TransportFault.BrokenOff, Delivery.Unknown, $"The connection to {where} was closed from here.", e);
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(TransportLimits.PieceSize);
        try
        {
            var total = 0;
            while (await ReadPieceAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
            {
                total += count;
                if (total > TransportLimits.MaxAnswer)
                    throw new TransportException(TransportFault.AnswerTooLarge, Delivery.Unknown, $"{where} sends an answer over {TransportLimits.MaxAnswer} bytes.");
                yield return buffer.AsMemory(0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadPieceAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var stream = await answer.Response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            return await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (WireFaults.IsKnown(e) || e is ObjectDisposedException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw WireFaults.Of(e, mayHaveArrived: true, where, certificateRefusal: null);
        }
    }

    private void Return(bool isClean)
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
            queue.Return(lane, isClean);
    }
}
