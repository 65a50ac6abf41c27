namespace MailFlowBot.Remote.Psrp;

/// <summary>What stands between a pool and the sending of a secret.</summary>
internal enum KeyNeed
{
    /// <summary>Nothing: there is no secret, or it can be sent.</summary>
    None = 0,

    /// <summary>The key exchange: send what <see cref="RunspacePoolClient.OfferKey"/> gives and wait for <see cref="PoolEvent.KeyReceived"/>.</summary>
    Exchange,

    /// <summary>
    /// An encrypted transport: the server speaks 2.4 or later, where a secure string is only encoded, and nobody said that the transport
    /// encrypts. Over this one the secret is never sent.
    /// </summary>
    EncryptedTransport,
}
