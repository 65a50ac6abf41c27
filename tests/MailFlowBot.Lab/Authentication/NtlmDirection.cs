using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MailFlowBot.Lab.Authentication;

/// <summary>One direction of a sealed NTLM session (MS-NLMP 3.4.4.2, extended session security with key exchange).</summary>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "NTLM is what it is; the lab only plays its server.")]
internal sealed class NtlmDirection
{
    public const int SignatureSize = 16;

    private readonly byte[] _sign;
    private readonly Rc4 _seal;
    private uint _sequence;

    public NtlmDirection(byte[] sessionKey, string direction)
    {
        _sign = MD5.HashData([.. sessionKey, .. Encoding.ASCII.GetBytes($"session key to {direction} signing key magic constant\0")]);
        _seal = new Rc4(MD5.HashData([.. sessionKey, .. Encoding.ASCII.GetBytes($"session key to {direction} sealing key magic constant\0")]));
    }

    /// <summary>Signature, then cipher text.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> plain)
    {
        var sealedText = _seal.Transform(plain);
        return [.. Signature(plain), .. sealedText];
    }

    /// <summary>Null when the signature does not fit.</summary>
    public byte[]? Unwrap(ReadOnlySpan<byte> token)
    {
        if (token.Length < SignatureSize)
            return null;
        var plain = _seal.Transform(token[SignatureSize..]);
        return Signature(plain).AsSpan().SequenceEqual(token[..SignatureSize]) ? plain : null;
    }

    private byte[] Signature(ReadOnlySpan<byte> plain)
    {
        var sequence = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sequence, _sequence++);
        var check = _seal.Transform(HMACMD5.HashData(_sign, (byte[])[.. sequence, .. plain]).AsSpan(0, 8));
        return [1, 0, 0, 0, .. check, .. sequence];
    }
}
