using System.Security.Cryptography.X509Certificates;

namespace MailFlowBot.Remote.Transport;

/// <summary>Who this side is at an endpoint.</summary>
/// <param name="Kind">How that is proven.</param>
public sealed record Credentials(AuthenticationKind Kind)
{
    /// <summary>UPN (user@realm) for Kerberos; null takes the ticket cache or the account of the process.</summary>
    public string? UserName { get; init; }

    /// <summary>Null with the ticket cache and with a certificate.</summary>
    public Secret? Password { get; init; }

    /// <summary>The client's certificate with its private key, for <see cref="AuthenticationKind.Certificate"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Service principal of the endpoint; null means HTTP/ and the host name of the address.</summary>
    public string? ServicePrincipal { get; init; }

    /// <summary>How the account is named in messages.</summary>
    internal string Account() => (Kind, UserName) switch
    {
        (_, { Length: > 0 } name) => name,
        (AuthenticationKind.None, _) => "an anonymous caller",
        (AuthenticationKind.Certificate, _) => $"the certificate {Certificate?.Subject}",
        _ => "the account of the ticket cache",
    };
}
