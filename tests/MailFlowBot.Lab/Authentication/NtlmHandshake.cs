using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MailFlowBot.Lab.Accounts;

namespace MailFlowBot.Lab.Authentication;

/// <summary>
/// The acceptor's side of NTLMv2 (MS-NLMP 3.2.5), managed, since .NET accepts NTLM on Windows only. Extended session security, 128 bits
/// and key exchange are demanded; older clients are refused.
/// </summary>
/// <param name="binding">The channel that the client must be bound to; null when that is not asked.</param>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "NTLM is what it is; the lab only plays its server.")]
internal sealed class NtlmHandshake(Logons logons, TlsBinding? binding = null)
{
    // MS-NLMP 2.2.2.5: UNICODE, REQUEST_TARGET, SIGN, SEAL, NTLM, ALWAYS_SIGN, TARGET_TYPE_DOMAIN, EXTENDED_SESSIONSECURITY,
    // TARGET_INFO, VERSION, 128, KEY_EXCH, 56.
    private const uint Flags = 0xE2898235;
    private const uint Needed = 0x60080000;
    private const int MicOffset = 72;
    private const int MicFlag = 2;
    private const ushort ChannelBindings = 10;

    private static readonly byte[] Mark = "NTLMSSP\0"u8.ToArray();

    private readonly byte[] _challenge = RandomNumberGenerator.GetBytes(8);
    private byte[] _first = [];
    private byte[] _second = [];

    /// <summary>The session's key, once <see cref="Take"/> has proven an account.</summary>
    public byte[]? SessionKey { get; private set; }

    public static bool Is(ReadOnlySpan<byte> token) => token.StartsWith(Mark);

    public HandshakeStep Take(ReadOnlySpan<byte> token)
    {
        if (!Is(token) || token.Length < 16)
            return new HandshakeStep(null, IsOver: true, null);
        switch (BinaryPrimitives.ReadUInt32LittleEndian(token[8..]))
        {
            case 1:
                _first = token.ToArray();
                _second = Challenge();
                return new HandshakeStep(_second, IsOver: false, null);
            case 3 when _second.Length > 0:
                return new HandshakeStep(null, IsOver: true, Authenticate(token));
            default:
                return new HandshakeStep(null, IsOver: true, null);
        }
    }

    private byte[] Challenge()
    {
        var target = Encoding.Unicode.GetBytes("LAB");
        using var info = new MemoryStream();
        Pair(info, 2, target);
        Pair(info, 1, Encoding.Unicode.GetBytes("EX01"));
        Pair(info, 4, Encoding.Unicode.GetBytes(LabAccount.Domain));
        Pair(info, 3, Encoding.Unicode.GetBytes("localhost"));
        Pair(info, 7, BitConverter.GetBytes(DateTimeOffset.UtcNow.ToFileTime()));
        Pair(info, 0, []);
        var message = new byte[56 + target.Length + (int)info.Length];
        Mark.CopyTo(message, 0);
        message[8] = 2;
        Field(message, 12, target.Length, 56);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), Flags);
        _challenge.CopyTo(message, 24);
        Field(message, 40, (int)info.Length, 56 + target.Length);
        // Version 10.0, NTLMSSP revision 15 (MS-NLMP 2.2.2.10).
        message[48] = 10;
        message[55] = 15;
        target.CopyTo(message, 56);
        info.ToArray().CopyTo(message, 56 + target.Length);
        return message;
    }

    private LabAccount? Authenticate(ReadOnlySpan<byte> message)
    {
        if (message.Length < MicOffset + 16 || Read(message, 20) is not { Length: > 44 } response || Read(message, 28) is not { } domain
            || Read(message, 36) is not { } user || Read(message, 52) is not { Length: 16 } key)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(message[60..]);
        var name = Encoding.Unicode.GetString(user);
        var realm = Encoding.Unicode.GetString(domain);
        var owner = HMACMD5.HashData(
            Md4.Hash(Encoding.Unicode.GetBytes(logons.Password)), Encoding.Unicode.GetBytes(name.ToUpperInvariant() + realm));
        var proof = HMACMD5.HashData(owner, (byte[])[.. _challenge, .. response[16..]]);
        var session = new Rc4(HMACMD5.HashData(owner, proof)).Transform(key);
        var fits = (flags & Needed) == Needed && proof.AsSpan().SequenceEqual(response.AsSpan(0, 16)) && MicFits(message, response, session)
            && (binding is null || (Find(response.AsSpan(44), ChannelBindings) is { } bound && bound.AsSpan().SequenceEqual(binding.NtlmHash())));
        var given = name.Contains('@', StringComparison.Ordinal) || realm.Length == 0 ? name : $"{realm}\\{name}";
        var account = logons.Settle(given, fits ? LabAccount.Named(given) : null);
        SessionKey = account is null ? null : session;
        return account;
    }

    /// <summary>A client that says it sent a MIC must have sent the right one (MS-NLMP 3.2.5.1.2).</summary>
    private bool MicFits(ReadOnlySpan<byte> message, byte[] response, byte[] session)
    {
        // proof 16, then the client's challenge of 28 bytes, then its copy of the target information.
        if (Find(response.AsSpan(44), 6) is not { Length: 4 } said || (said[0] & MicFlag) == 0)
            return true;
        var blank = message.ToArray();
        blank.AsSpan(MicOffset, 16).Clear();
        return HMACMD5.HashData(session, (byte[])[.. _first, .. _second, .. blank]).AsSpan().SequenceEqual(message.Slice(MicOffset, 16));
    }

    private static byte[]? Find(ReadOnlySpan<byte> pairs, ushort wanted)
    {
        while (pairs.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(pairs);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(pairs[2..]);
            if (id == 0 || pairs.Length < 4 + length)
                return null;
            if (id == wanted)
                return pairs.Slice(4, length).ToArray();
            pairs = pairs[(4 + length)..];
        }

        return null;
    }

    private static byte[]? Read(ReadOnlySpan<byte> message, int at)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(message[at..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(message[(at + 4)..]);
        return offset <= message.Length && length <= message.Length - (int)offset ? message.Slice((int)offset, length).ToArray() : null;
    }

    private static void Field(byte[] message, int at, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + 2), (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at + 4), (uint)offset);
    }

    private static void Pair(MemoryStream to, ushort id, ReadOnlySpan<byte> value)
    {
        to.Write(BitConverter.GetBytes(id));
        to.Write(BitConverter.GetBytes((ushort)value.Length));
        to.Write(value);
    }
}
