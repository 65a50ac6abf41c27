namespace MailFlowBot.Remote.Transport;

/// <summary>How one proves to an endpoint who one is.</summary>
public enum AuthenticationKind
{
    /// <summary>Not at all; for loopback only.</summary>
    None,

    /// <summary>User name and password (RFC 7617); over HTTPS only, or plain on loopback.</summary>
    Basic,

    /// <summary>SPNEGO, which takes Kerberos where it can (RFC 4559).</summary>
    Negotiate,

    /// <summary>Kerberos by name, with the ticket cache of the process or a password.</summary>
    Kerberos,

    /// <summary>NTLM; off unless the managed implementation is switched on.</summary>
    Ntlm,

    /// <summary>A TLS client certificate.</summary>
    Certificate,
}
