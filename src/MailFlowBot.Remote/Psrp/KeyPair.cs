using System.Security.Cryptography;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The client's half of the key exchange: an RSA pair of 2048 bits whose public key goes to the server, which answers with the session
/// key. Made by <see cref="PoolKeys"/>, for one pool.
/// </summary>
internal sealed class KeyPair(RSAParameters key)
{
    /// <summary>The text of the PUBLIC_KEY message.</summary>
    public string PublicKey => KeyBlobs.WritePublicKey(key);

    /// <param name="encryptedSessionKey">The text of the ENCRYPTED_SESSION_KEY message.</param>
    /// <exception cref="PsrpException">No such key, or encrypted for another pair.</exception>
    public SessionKey Open(string encryptedSessionKey)
    {
        using var rsa = RSA.Create(key);
        try
        {
            // With another pair there may also come out something: OpenSSL answers bad padding with random bytes.
            var plain = rsa.Decrypt(KeyBlobs.ReadSessionKey(encryptedSessionKey), RSAEncryptionPadding.Pkcs1);
            if (plain.Length != SessionKey.Size)
                throw new PsrpException(PsrpFault.BadSecret, $"The session key has {plain.Length} bytes; {SessionKey.Size} were due.");
            var opened = new SessionKey(plain);
            CryptographicOperations.ZeroMemory(plain);
            return opened;
        }
        catch (CryptographicException e)
        {
            throw new PsrpException(PsrpFault.BadSecret, "The session key is not encrypted for this pool's key pair.", e);
        }
    }

    /// <summary>The server's half: a session key for the client whose public key came.</summary>
    /// <returns>The text of the ENCRYPTED_SESSION_KEY message.</returns>
    /// <exception cref="PsrpException">The public key is none.</exception>
    public static string Seal(SessionKey sessionKey, string publicKey)
    {
        try
        {
            using var rsa = RSA.Create(KeyBlobs.ReadPublicKey(publicKey));
            return KeyBlobs.WriteSessionKey(rsa.Encrypt(sessionKey.Expose(), RSAEncryptionPadding.Pkcs1));
        }
        catch (CryptographicException e)
        {
            throw new PsrpException(PsrpFault.BadSecret, "The client's public key encrypts nothing.", e);
        }
    }

    public override string ToString() => nameof(KeyPair);
}
