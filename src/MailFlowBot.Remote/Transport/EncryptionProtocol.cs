namespace MailFlowBot.Remote.Transport;

/// <summary>How the bodies of a connection are encrypted (MS-WSMV 2.2.9.1); follows the scheme of the handshake.</summary>
internal enum EncryptionProtocol
{
    /// <summary>Scheme Kerberos.</summary>
    Kerberos,

    /// <summary>Scheme Negotiate, whichever mechanism it took; and NTLM.</summary>
    Spnego,
}
