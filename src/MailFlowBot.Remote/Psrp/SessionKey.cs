using System.Security.Cryptography;
using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The key of a pool, with which secure strings are encrypted: AES-256 in CBC mode with a zero IV and PKCS #7 padding over UTF-16LE
/// (MS-PSRP 2.2.5.1.24). Never prints itself.
/// </summary>
internal sealed class SessionKey
{
    public const int Size = 32;

    private const int BlockSize = 16;

    // The zero IV is the protocol's choice; every key encrypts few and short texts.
    private static readonly byte[] ZeroIv = new byte[BlockSize];

    private readonly byte[] _key;

    /// <param name="key">32 bytes; a copy is kept.</param>
    public SessionKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
            throw new ArgumentException($"A session key has {Size} bytes, this one has {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    public PsSecureString Encrypt(SecretText secret)
    {
        using var aes = Cipher();
        var plain = Encoding.Unicode.GetBytes(secret.Reveal());
        var cipher = aes.EncryptCbc(plain, ZeroIv, PaddingMode.PKCS7);
        CryptographicOperations.ZeroMemory(plain);
        return new PsSecureString(Convert.ToBase64String(cipher));
    }

    /// <exception cref="PsrpException">Not base64, not whole blocks, or encrypted with another key.</exception>
    public SecretText Decrypt(PsSecureString secret)
    {
        using var aes = Cipher();
        byte[] plain;
        try
        {
            plain = aes.DecryptCbc(Convert.FromBase64String(secret.Cipher), ZeroIv, PaddingMode.PKCS7);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new PsrpException(PsrpFault.BadSecret, "A secure string is not encrypted with the session key of this pool.", e);
        }

        return Utf16Text(plain);
    }

    /// <summary>A secure string of a peer of protocol 2.4: only encoded.</summary>
    /// <exception cref="PsrpException">Not base64 of UTF-16.</exception>
    public static SecretText Decode(PsSecureString secret)
    {
        var bytes = new byte[secret.Cipher.Length];
        return Convert.TryFromBase64String(secret.Cipher, bytes, out var length)
            ? Utf16Text(bytes.AsSpan(0, length))
            : throw new PsrpException(PsrpFault.BadSecret, "A secure string is no base64.");
    }

    /// <inheritdoc cref="Decode"/>
    public static PsSecureString Encode(SecretText secret) => new(Convert.ToBase64String(Encoding.Unicode.GetBytes(secret.Reveal())));

    /// <summary>The raw key, for the one place that sends it.</summary>
    internal ReadOnlySpan<byte> Expose() => _key;

    public override string ToString() => nameof(SessionKey);

    private static SecretText Utf16Text(Span<byte> plain)
    {
        if (plain.Length % sizeof(char) != 0)
            throw new PsrpException(PsrpFault.BadSecret, "A secure string holds half a character.");
        var text = Encoding.Unicode.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return new SecretText(text);
    }

    private Aes Cipher()
    {
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }
}
