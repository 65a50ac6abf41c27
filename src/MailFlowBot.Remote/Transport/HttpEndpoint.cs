using System.Security.Cryptography.X509Certificates;

namespace MailFlowBot.Remote.Transport;

/// <summary>Where an endpoint is and how it is reached.</summary>
/// <param name="Address">e.g. <c>http://ex01.contoso.example/PowerShell/</c> or <c>https://ex01.contoso.example:5986/wsman</c>.</param>
/// <param name="Credentials">Who this side is there.</param>
public sealed record HttpEndpoint(Uri Address, Credentials Credentials)
{
    /// <summary>Hosts that a redirect may lead to besides the same host; names without port.</summary>
    public IReadOnlyList<string> RedirectHosts { get; init; } = [];

    /// <summary>Authorities trusted for the server's certificate instead of the system's; null means the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>An HTTP proxy; null means a direct connection.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Longest wait for a connection, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most connections at a time. A Receive holds one while it waits; the pool's own Receive is one of them.</summary>
    public int MaxLanes { get; init; } = 8;
}
