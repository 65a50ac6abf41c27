using System.Buffers;
using System.Net.Security;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Lab.Authentication;

/// <summary>Encrypts the bodies of one connection (MS-WSMV 2.2.9.1). Closed.</summary>
internal abstract class ConnectionSeal : IDisposable
{
    private ConnectionSeal()
    {
    }

    public abstract string ContentType { get; }

    public abstract ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> plain);

    /// <exception cref="EncryptedMessageException">The body is damaged, or was sealed by another context.</exception>
    public abstract ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> body);

    public abstract void Dispose();

    /// <summary>With the platform's security context: Kerberos, also inside SPNEGO.</summary>
    internal sealed class Gss(NegotiateAuthentication context, EncryptionProtocol protocol) : ConnectionSeal
    {
        private readonly MessageEncryption _encryption = new(context, protocol);

        public override string ContentType => _encryption.ContentType;

        public override ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> plain) => _encryption.Seal(plain);

        public override ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> body) => _encryption.Open(body);

        public override void Dispose() => context.Dispose();
    }

    /// <summary>With the keys of an NTLM session.</summary>
    internal sealed class Ntlm(byte[] sessionKey) : ConnectionSeal
    {
        private readonly NtlmDirection _in = new(sessionKey, "client-to-server");
        private readonly NtlmDirection _out = new(sessionKey, "server-to-client");

        public override string ContentType => EncryptedMultipart.ContentType(EncryptionProtocol.Spnego);

        public override ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> plain)
        {
            var body = new ArrayBufferWriter<byte>(plain.Length + 512);
            EncryptedMultipart.WritePart(body, EncryptionProtocol.Spnego, _out.Wrap(plain), NtlmDirection.SignatureSize, plain.Length);
            return body.WrittenMemory;
        }

        public override ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> body)
        {
            var reader = new EncryptedMultipartReader(EncryptionProtocol.Spnego);
            reader.Append(body);
            var plain = new ArrayBufferWriter<byte>(Math.Max(256, body.Length));
            while (reader.TryRead(out var part))
                plain.Write(_in.Unwrap(part.Token.Span) ?? throw new EncryptedMessageException("A part of the encrypted body does not fit its signature."));
            reader.EnsureComplete();
            return plain.WrittenMemory;
        }

        public override void Dispose()
        {
        }
    }
}
