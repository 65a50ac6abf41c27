using System.Buffers;
using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>What a scanner gives its bytes to.</summary>
internal delegate void TakeUtf8(ReadOnlySpan<byte> utf8);

/// <summary>
/// Brings the bytes of an envelope into UTF-8: takes the byte order mark away and turns UTF-16, which some servers answer in, into
/// UTF-8. Told by the first bytes (XML 1.0 appendix F); what a declaration says of other encodings is not followed.
/// </summary>
internal sealed class EnvelopeEncoding(TakeUtf8 take)
{
    private const int ChunkSize = 4096;

    private readonly byte[] _first = new byte[4];
    private int _firstLength;
    private bool _known;
    private Decoder? _utf16;

    /// <exception cref="WsmanException">No valid UTF-16, where it is.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!_known && !bytes.IsEmpty)
        {
            _first[_firstLength++] = bytes[0];
            bytes = bytes[1..];
            if (_firstLength == _first.Length)
                Begin();
        }

        if (_known)
            Pass(bytes, isEnd: false);
    }

    /// <exception cref="WsmanException">The bytes end within a character.</exception>
    public void Finish()
    {
        if (!_known)
            Begin();
        Pass(default, isEnd: true);
    }

    private void Begin()
    {
        _known = true;
        ReadOnlySpan<byte> first = _first.AsSpan(0, _firstLength);
        var mark = 0;
        if (first.StartsWith("\uFEFF"u8))
        {
            mark = 3;
        }
        else if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'<', 0, ..] or [0, (byte)'<', ..])
        {
            var isBigEndian = first[0] is 0xFE or 0;
            mark = first[0] is 0xFF or 0xFE ? 2 : 0;
            _utf16 = new UnicodeEncoding(isBigEndian, byteOrderMark: false, throwOnInvalidBytes: true).GetDecoder();
        }

        Pass(first[mark..], isEnd: false);
    }

    private void Pass(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        if (_utf16 is null)
        {
            if (!bytes.IsEmpty)
                take(bytes);
            return;
        }

        var letters = ArrayPool<char>.Shared.Rent(ChunkSize);
        var utf8 = ArrayPool<byte>.Shared.Rent(ChunkSize * 3);
        try
        {
            bool completed;
            do
            {
                _utf16.Convert(bytes, letters.AsSpan(0, ChunkSize), isEnd, out var used, out var made, out completed);
                bytes = bytes[used..];
                if (made > 0)
                    take(utf8.AsSpan(0, Encoding.UTF8.GetBytes(letters.AsSpan(0, made), utf8)));
            }
            while (!completed);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            throw new WsmanException(EnvelopeFault.Malformed, "The envelope begins as UTF-16 and is none.", e);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }
}
