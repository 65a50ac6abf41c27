using System.Buffers;
using System.Buffers.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Decodes base64 as it comes in, so that a large stream is never held as text. White space is allowed anywhere (RFC 4648 leaves that
/// to the format; XML Schema allows it), a cut or misplaced group is not.
/// </summary>
/// <remarks><para><c>element</c>: for the error text.</para></remarks>
internal sealed class Base64Content(string element) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private uint _rest;
    private int _restLength;
    private bool _padded;

    /// <exception cref="WsmanException">No base64.</exception>
    public void Take(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var space = text.IndexOfAny(" \t\r\n"u8);
            TakeDense(space < 0 ? text : text[..space]);
            text = space < 0 ? default : text[(space + 1)..].TrimStart(" \t\r\n"u8);
        }
    }

    /// <summary>The bytes, in an array of their own.</summary>
    /// <exception cref="WsmanException">The text ended inside a group.</exception>
    public ReadOnlyMemory<byte> Finish() => _restLength == 0 ? _bytes.AsSpan(0, _length).ToArray() : throw Refusal();

    public WsmanException Refusal() => new(EnvelopeFault.BadBase64, $"<{element}> holds no valid base64 text.");

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void TakeDense(ReadOnlySpan<byte> text)
    {
        // What did not make a group of four last time goes first.
        Span<byte> group = stackalloc byte[4];
        while (_restLength > 0 && !text.IsEmpty)
        {
            _rest = (_rest << 8) | text[0];
            text = text[1..];
            if (++_restLength < 4)
                continue;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(group, _rest);
            _restLength = 0;
            Decode(group);
        }

        var whole = text.Length / 4 * 4;
        Decode(text[..whole]);
        foreach (var letter in text[whole..])
        {
            _rest = (_rest << 8) | letter;
            _restLength++;
        }
    }

    private void Decode(ReadOnlySpan<byte> groups)
    {
        if (groups.IsEmpty)
            return;
        Reserve(groups.Length / 4 * 3);
        if (_padded || Base64.DecodeFromUtf8(groups, _bytes.AsSpan(_length), out _, out var written) != OperationStatus.Done)
            throw Refusal();
        _length += written;
        _padded = groups[^1] == (byte)'=';
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
