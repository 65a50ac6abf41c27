using System.Security.Cryptography;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The two key blobs of the key exchange in the layout of the Windows crypto API (MS-PSRP 2.2.2.3 and 2.2.2.4, MS-RSAES PUBLICKEYBLOB and
/// SIMPLEBLOB), as the base64 text of their messages. Numbers in them are little-endian.
/// </summary>
internal static class KeyBlobs
{
    /// <summary>The only size that the protocol uses: 2048 bits.</summary>
    public const int ModulusSize = 256;

    private const int ExponentAt = 16;
    private const int ModulusAt = 20;

    // PUBLICKEYBLOB, version 2, CALG_RSA_KEYX; "RSA1"; 2048 bits.
    private static ReadOnlySpan<byte> PublicHeader =>
        [0x06, 0x02, 0x00, 0x00, 0x00, 0xA4, 0x00, 0x00, 0x52, 0x53, 0x41, 0x31, 0x00, 0x08, 0x00, 0x00];

    // SIMPLEBLOB, version 2, CALG_AES_256; encrypted by CALG_RSA_KEYX.
    private static ReadOnlySpan<byte> SessionHeader => [0x01, 0x02, 0x00, 0x00, 0x10, 0x66, 0x00, 0x00, 0x00, 0xA4, 0x00, 0x00];

    public static string WritePublicKey(RSAParameters key)
    {
        if (key.Modulus is not { Length: ModulusSize } || key.Exponent is not { Length: <= sizeof(uint) and > 0 })
            throw new ArgumentException("A key pair of the exchange has 2048 bits and an exponent of at most 32.", nameof(key));
        var blob = new byte[ModulusAt + ModulusSize];
        PublicHeader.CopyTo(blob);
        CopyReversed(key.Exponent, blob.AsSpan(ExponentAt, key.Exponent.Length));
        CopyReversed(key.Modulus, blob.AsSpan(ModulusAt));
        return Convert.ToBase64String(blob);
    }

    /// <exception cref="PsrpException">Not such a blob.</exception>
    public static RSAParameters ReadPublicKey(string text)
    {
        var blob = Blob(text, PublicHeader, ModulusAt + ModulusSize, "PublicKey");
        var exponent = new byte[sizeof(uint)];
        var modulus = new byte[ModulusSize];
        CopyReversed(blob.AsSpan(ExponentAt, sizeof(uint)), exponent);
        CopyReversed(blob.AsSpan(ModulusAt), modulus);

        // The platform fails in ways of its own on numbers that no key has.
        return (exponent[^1] & 1) != 0 && (modulus[^1] & 1) != 0 && modulus[0] >= 0x80
            ? new RSAParameters { Exponent = exponent.AsSpan().TrimStart((byte)0).ToArray(), Modulus = modulus }
            : throw new PsrpException(PsrpFault.BadSecret, "PublicKey holds no RSA key of 2048 bits.");
    }

    /// <param name="encrypted">By RSA with PKCS #1 v1.5 padding, big-endian as .NET gives it.</param>
    public static string WriteSessionKey(ReadOnlySpan<byte> encrypted)
    {
        var blob = new byte[SessionHeader.Length + encrypted.Length];
        SessionHeader.CopyTo(blob);
        CopyReversed(encrypted, blob.AsSpan(SessionHeader.Length));
        return Convert.ToBase64String(blob);
    }

    /// <exception cref="PsrpException">Not such a blob.</exception>
    public static byte[] ReadSessionKey(string text)
    {
        var blob = Blob(text, SessionHeader, SessionHeader.Length + ModulusSize, "EncryptedSessionKey");
        var encrypted = new byte[ModulusSize];
        CopyReversed(blob.AsSpan(SessionHeader.Length), encrypted);
        return encrypted;
    }

    private static byte[] Blob(string text, ReadOnlySpan<byte> header, int size, string name)
    {
        // No more than a blob of the right size is ever decoded.
        var blob = new byte[size];
        return text.Length <= Base64Length(size)
            && Convert.TryFromBase64String(text, blob, out var length)
            && length == size
            && blob.AsSpan().StartsWith(header)
                ? blob
                : throw new PsrpException(PsrpFault.BadSecret, $"{name} is not the {size}-byte key blob that MS-PSRP describes.");
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    private static void CopyReversed(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        to[..from.Length].Reverse();
    }
}
