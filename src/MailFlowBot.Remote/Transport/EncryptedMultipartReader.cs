using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Reads encrypted bodies as they come, in pieces of any size (MS-WSMV 2.2.9.1). Goes by the lengths and never searches the cipher
/// text for a boundary. Exchange writes <c>-- Encrypted Boundary</c> with a space and may send several parts in one body.
/// </summary>
/// <param name="protocol">The only protocol accepted.</param>
/// <param name="maxPlainLength">Most bytes that one part may announce.</param>
internal sealed class EncryptedMultipartReader(EncryptionProtocol protocol, int maxPlainLength = EncryptedMultipartReader.DefaultMaxPlainLength)
{
    /// <summary>Arbitrary: 16 times the largest envelope that WinRM sends by default.</summary>
    public const int DefaultMaxPlainLength = 8 * 1024 * 1024;

    // Longest line seen is below 100 bytes, longest header 60 + 12 bytes (AES256 with SHA384); both arbitrary above that.
    private const int MaxLine = 1024;
    private const int MaxHeader = 1024;
    private const int MaxFiller = 64;
    private const int MaxLinesOfPart = 16;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private State _state = State.Opening;
    private int _lines;
    private int _plainLength = -1;
    private bool _protocolSeen;

    private enum State
    {
        Opening,
        Description,
        PayloadHead,
        Payload,
        AfterPayload,
        Closed,
    }

    /// <summary>True when the closing boundary was read and nothing else came.</summary>
    public bool IsComplete => _state == State.Closed;

    /// <summary>Takes what came from the wire. Tokens given out before are void.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end < bytes.Length)
            Array.Resize(ref _buffer, Math.Max(_end + bytes.Length, Math.Max(4096, _buffer.Length * 2)));
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next part; false when more bytes are needed or the body is at its end.</summary>
    /// <exception cref="EncryptedMessageException">The body is damaged, or larger than allowed.</exception>
    public bool TryRead(out EncryptedPart part)
    {
        part = default;
        while (true)
        {
            if (_state == State.Payload)
                return TryReadPayload(out part);
            if (_state is State.AfterPayload && TryClose())
                continue;
            if (!TryReadLine(out var line))
                return false;
            Take(line);
        }
    }

    /// <exception cref="EncryptedMessageException">The body ended too early.</exception>
    public void EnsureComplete()
    {
        if (!IsComplete || _end > _start)
            throw new EncryptedMessageException($"The encrypted body ended too early (state {_state}, {_end - _start} bytes left over).");
    }

    private void Take(string line)
    {
        if (++_lines > MaxLinesOfPart)
            throw new EncryptedMessageException("A part of the encrypted body has too many header lines.");
        var isBoundary = IsBoundary(line, out var closes);
        switch (_state)
        {
            case State.Opening or State.Closed when line.Length == 0:
                return;
            case State.Opening or State.AfterPayload or State.Closed when isBoundary && !closes:
                (_state, _plainLength, _protocolSeen) = (State.Description, -1, false);
                return;
            case State.Description when isBoundary && !closes:
                if (!_protocolSeen || _plainLength < 0)
                    throw new EncryptedMessageException("A part of the encrypted body does not say its protocol and length.");
                _state = State.PayloadHead;
                return;
            case State.Description when !isBoundary:
                Describe(line);
                return;
            case State.PayloadHead when Field(line, "Content-Type") is { } type && type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase):
                _state = State.Payload;
                return;
            default:
                throw new EncryptedMessageException($"The encrypted body is not as MS-WSMV 2.2.9.1 says (state {_state}).");
        }
    }

    private void Describe(string line)
    {
        if (Field(line, "Content-Type") is { } type)
        {
            if (!type.Equals(EncryptedMultipart.Name(protocol), StringComparison.OrdinalIgnoreCase))
                throw new EncryptedMessageException($"The body is not encrypted as agreed ({EncryptedMultipart.Name(protocol)}).");
            _protocolSeen = true;
        }
        else if (Field(line, "OriginalContent") is { } original)
        {
            const string Length = "Length=";
            var at = original.LastIndexOf(Length, StringComparison.OrdinalIgnoreCase);
            var digits = at < 0 ? [] : original.AsSpan(at + Length.Length).Trim();
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _plainLength))
                throw new EncryptedMessageException("A part of the encrypted body does not say a length that can be.");
            if (_plainLength > maxPlainLength)
                throw new EncryptedMessageException($"A part of the encrypted body announces {_plainLength} bytes; the limit is {maxPlainLength}.");
        }
        else
        {
            throw new EncryptedMessageException("A part of the encrypted body has a header that MS-WSMV 2.2.9.1 does not know.");
        }
    }

    private bool TryReadPayload(out EncryptedPart part)
    {
        part = default;
        var waiting = _buffer.AsSpan(_start, _end - _start);
        if (waiting.Length < sizeof(int))
            return false;
        var header = BinaryPrimitives.ReadInt32LittleEndian(waiting);
        if (header is <= 0 or > MaxHeader)
            throw new EncryptedMessageException($"A part of the encrypted body has a token header of {(uint)header} bytes.");
        if (waiting.Length < sizeof(int) + header)
            return false;
        var filler = WrapToken.Filler(waiting.Slice(sizeof(int), header));
        if (filler > MaxFiller)
            throw new EncryptedMessageException($"A part of the encrypted body has {filler} bytes of filler.");
        var size = header + _plainLength + filler;
        if (waiting.Length < sizeof(int) + size)
            return false;
        part = new EncryptedPart(_buffer.AsMemory(_start + sizeof(int), size), _plainLength);
        _start += sizeof(int) + size;
        (_state, _lines) = (State.AfterPayload, 0);
        return true;
    }

    // The closing boundary may be the very last bytes, without a line break.
    private bool TryClose()
    {
        var waiting = _buffer.AsSpan(_start, _end - _start);
        var lineBreak = waiting.StartsWith("\r\n"u8) ? 2 : 0;
        ReadOnlySpan<byte> rest = waiting[lineBreak..];
        foreach (var close in (ReadOnlySpan<string>)["--Encrypted Boundary--", "-- Encrypted Boundary--"])
        {
            if (rest.Length < close.Length || !Ascii.Equals(rest[..close.Length], close))
                continue;
            _start += lineBreak + close.Length;
            _state = State.Closed;
            return true;
        }

        _start += rest.Length > 0 ? lineBreak : 0;
        return false;
    }

    private bool TryReadLine(out string line)
    {
        line = "";
        var waiting = _buffer.AsSpan(_start, _end - _start);
        var end = waiting.IndexOf((byte)'\n');
        if (end < 0 ? waiting.Length > MaxLine : end > MaxLine)
            throw new EncryptedMessageException($"A header line of the encrypted body is longer than {MaxLine} bytes.");
        if (end < 0)
            return false;
        line = Encoding.Latin1.GetString(waiting[..end]).Trim();
        _start += end + 1;
        return true;
    }

    private static bool IsBoundary(string line, out bool closes)
    {
        closes = false;
        if (!line.StartsWith("--", StringComparison.Ordinal))
            return false;
        var name = line.AsSpan(2).TrimStart();
        closes = name.EndsWith("--", StringComparison.Ordinal);
        return (closes ? name[..^2] : name).SequenceEqual(EncryptedMultipart.Boundary);
    }

    private static string? Field(string line, string name) =>
        line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            ? line[(name.Length + 1)..].Trim()
            : null;
}
