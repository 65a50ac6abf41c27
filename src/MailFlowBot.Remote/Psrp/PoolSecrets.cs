using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>How one pool's secrets travel: with the session key up to protocol 2.3, only encoded from 2.4 on.</summary>
internal sealed class PoolSecrets
{
    private static readonly Version WithoutKey = new(2, 4);

    /// <summary>The protocol that both sides agreed on; null until then.</summary>
    public Version? Protocol { get; set; }

    /// <summary>Null until the exchange is over.</summary>
    public SessionKey? Key { get; set; }

    /// <summary>True when the caller said so: TLS, or message encryption.</summary>
    public bool IsTransportEncrypted { get; set; }

    private bool OnlyEncodes => Protocol >= WithoutKey;

    public KeyNeed Need(object? value) => value is not (SecretText or CredentialValue) ? KeyNeed.None
        : OnlyEncodes ? IsTransportEncrypted ? KeyNeed.None : KeyNeed.EncryptedTransport
        : Key is null ? KeyNeed.Exchange : KeyNeed.None;

    /// <summary>The same for a value that is written where a pool may be missing, as in a test of one message.</summary>
    public static object? Seal(object? value, PoolSecrets? secrets) => secrets is null ? new PoolSecrets().Seal(value) : secrets.Seal(value);

    /// <summary>What is written for a value: itself, unless it holds a secret.</summary>
    /// <exception cref="InvalidOperationException">A secret that cannot be sent yet, or never over this transport.</exception>
    public object? Seal(object? value) => value switch
    {
        SecretText secret => Encrypt(secret),
        CredentialValue credential => credential.ToObject(Encrypt(credential.Password)),
        _ => value,
    };

    /// <exception cref="PsrpException">Not a secret of this pool, or there was no key exchange.</exception>
    public SecretText Reveal(PsSecureString secret) =>
        OnlyEncodes ? SessionKey.Decode(secret)
        : Key?.Decrypt(secret) ?? throw new PsrpException(PsrpFault.BadSecret, "A secure string came before there was a session key.");

    private PsSecureString Encrypt(SecretText secret) => Need(secret) switch
    {
        KeyNeed.None => OnlyEncodes ? SessionKey.Encode(secret) : Key!.Encrypt(secret),
        KeyNeed.Exchange => throw new InvalidOperationException("A secret is sent after the exchange of the session key."),
        _ => throw new InvalidOperationException("A secret for a server of protocol 2.4 or later is sent over an encrypted transport only."),
    };
}
