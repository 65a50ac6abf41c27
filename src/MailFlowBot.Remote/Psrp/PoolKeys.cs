using System.Security.Cryptography;

namespace MailFlowBot.Remote.Psrp;

/// <summary>Makes the keys of a pool. The one place of this namespace that is not a function of its input; the machines are handed what it made.</summary>
internal static class PoolKeys
{
    /// <summary>For a client, once per pool and only when a secret is to be sent or asked for: it takes some 100 ms.</summary>
    public static KeyPair NewPair()
    {
        using var rsa = RSA.Create(KeyBlobs.ModulusSize * 8);
        return new KeyPair(rsa.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>For a server, once per pool.</summary>
    public static SessionKey NewSessionKey() => new(RandomNumberGenerator.GetBytes(SessionKey.Size));
}
