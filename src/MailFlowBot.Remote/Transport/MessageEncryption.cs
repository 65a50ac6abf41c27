using System.Buffers;
using System.Net.Security;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Encrypts the bodies of one connection with the context of its handshake, in either role. Bodies must be sealed and opened in the
/// order in which they cross the wire: the context counts them.
/// </summary>
internal sealed class MessageEncryption(NegotiateAuthentication context, EncryptionProtocol protocol)
{
    /// <summary>Content-Type of a sealed body.</summary>
    public string ContentType => EncryptedMultipart.ContentType(protocol);

    /// <summary>The whole body for a plain text.</summary>
    /// <exception cref="EncryptedMessageException">The context cannot encrypt.</exception>
    public ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> plain)
    {
        var body = new ArrayBufferWriter<byte>(plain.Length + 512);
        Seal(plain, body);
        return body.WrittenMemory;
    }

    /// <summary>Appends a part; several may make one body.</summary>
    /// <exception cref="EncryptedMessageException">The context cannot encrypt.</exception>
    public void Seal(ReadOnlySpan<byte> plain, IBufferWriter<byte> body, bool isLast = true)
    {
        var token = new TokenBuffer(plain.Length + 128);
        var status = context.Wrap(plain, token, requestEncryption: true, out var isEncrypted);
        if (status != NegotiateAuthenticationStatusCode.Completed || !isEncrypted)
            throw new EncryptedMessageException($"The security context does not encrypt ({status}).");
        var header = WrapToken.Arrange(token.Written, plain.Length);
        EncryptedMultipart.WritePart(body, protocol, token.Written, header, plain.Length, isLast);
    }

    /// <summary>A reader for a body that the other side sealed.</summary>
    public EncryptedMultipartReader Reader(int maxPlainLength = EncryptedMultipartReader.DefaultMaxPlainLength) => new(protocol, maxPlainLength);

    /// <summary>Decrypts one part.</summary>
    /// <returns>The plain text; the caller may keep it.</returns>
    /// <exception cref="EncryptedMessageException">The part was changed on its way, is out of order, or was not encrypted.</exception>
    public ReadOnlyMemory<byte> Open(EncryptedPart part)
    {
        var plain = new ArrayBufferWriter<byte>(part.PlainLength + 64);
        var status = context.Unwrap(part.Token.Span, plain, out var wasEncrypted);
        if (status != NegotiateAuthenticationStatusCode.Completed)
            throw new EncryptedMessageException($"A part of the encrypted body cannot be decrypted ({status}).");
        if (!wasEncrypted)
            throw new EncryptedMessageException("A part of the encrypted body was not encrypted.");
        if (plain.WrittenCount != part.PlainLength)
            throw new EncryptedMessageException($"A part of the encrypted body holds {plain.WrittenCount} bytes and announced {part.PlainLength}.");
        return plain.WrittenMemory;
    }

    /// <summary>Decrypts a body that is there as a whole.</summary>
    /// <exception cref="EncryptedMessageException">Any part of it is damaged, or it is cut off.</exception>
    public ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> body, int maxPlainLength = EncryptedMultipartReader.DefaultMaxPlainLength)
    {
        var reader = Reader(maxPlainLength);
        reader.Append(body);
        var plain = new ArrayBufferWriter<byte>(Math.Max(256, body.Length));
        while (reader.TryRead(out var part))
        {
            if (plain.WrittenCount + part.PlainLength > maxPlainLength)
                throw new EncryptedMessageException($"The encrypted body is larger than {maxPlainLength} bytes.");
            plain.Write(Open(part).Span);
        }

        reader.EnsureComplete();
        return plain.WrittenMemory;
    }

    /// <summary>A buffer whose content can be changed in place, which ArrayBufferWriter does not allow.</summary>
    private sealed class TokenBuffer(int capacity) : IBufferWriter<byte>
    {
        private byte[] _bytes = new byte[capacity];
        private int _count;

        public Span<byte> Written => _bytes.AsSpan(0, _count);

        public void Advance(int count) => _count += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (_bytes.Length - _count < Math.Max(1, sizeHint))
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + sizeHint));
            return _bytes.AsMemory(_count);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
