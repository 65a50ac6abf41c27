using System.Buffers;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Decodes base64 as it comes out of the XML reader, so that a large stream is never held as text. White space is allowed anywhere
/// (RFC 4648 leaves that to the format; XML Schema allows it), a cut or misplaced group is not.
/// </summary>
/// <remarks><para><c>element</c>: for the error text.</para></remarks>
internal sealed class Base64Text(string element)
{
    private const int ChunkSize = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly char[] _rest = new char[4];
    private int _restLength;
    private bool _padded;

    /// <summary>Reads the text node on which the reader stands.</summary>
    public void Take(XmlReader reader)
    {
        var chunk = ArrayPool<char>.Shared.Rent(ChunkSize);
        try
        {
            while (true)
            {
                // What did not make a group of four last time goes first.
                _rest.AsSpan(0, _restLength).CopyTo(chunk);
                var read = reader.ReadValueChunk(chunk, _restLength, ChunkSize - _restLength);
                if (read == 0)
                    return;
                var length = Compact(chunk.AsSpan(0, _restLength + read));
                _restLength = length % 4;
                chunk.AsSpan(length - _restLength, _restLength).CopyTo(_rest);
                Decode(chunk.AsSpan(0, length - _restLength));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chunk);
        }
    }

    /// <exception cref="WsmanException">The text ended inside a group.</exception>
    public ReadOnlyMemory<byte> Finish() => _restLength == 0 ? _bytes.WrittenMemory : throw Refusal();

    public WsmanException Refusal() => new(EnvelopeFault.BadBase64, $"<{element}> holds no valid base64 text.");

    private void Decode(ReadOnlySpan<char> groups)
    {
        if (groups.IsEmpty)
            return;
        if (_padded || !Convert.TryFromBase64Chars(groups, _bytes.GetSpan(groups.Length / 4 * 3), out var written))
            throw Refusal();
        _bytes.Advance(written);
        _padded = groups[^1] == '=';
    }

    private static int Compact(Span<char> text)
    {
        if (text.IndexOfAny(' ', '\n', '\r') < 0 && !text.Contains('\t'))
            return text.Length;
        var length = 0;
        foreach (var letter in text)
        {
            if (letter is not (' ' or '\n' or '\r' or '\t'))
                text[length++] = letter;
        }

        return length;
    }
}
