using System.Security.Cryptography.X509Certificates;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>One kind of endpoint, the same on every server but for the name.</summary>
/// <param name="Address">An http or https address in which <see cref="Placeholder"/> stands for the server's short name.</param>
/// <param name="ConfigurationName">Session configuration, e.g. <c>Microsoft.Exchange</c>.</param>
/// <param name="Credentials">Who this side is there; a service principal may hold the placeholder as well.</param>
public sealed record EndpointTemplate(string Address, string ConfigurationName, Credentials Credentials)
{
    /// <summary>Stands for the server's short name.</summary>
    public const string Placeholder = "{server}";

    /// <summary>Hosts that a redirect may lead to besides the same host; names without port.</summary>
    public IReadOnlyList<string> RedirectHosts { get; init; } = [];

    /// <summary>Authorities trusted for the server's certificate instead of the system's; null means the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>An HTTP proxy; null means a direct connection.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The endpoint of one server.</summary>
    /// <exception cref="UriFormatException">The address is none with this server's name in it.</exception>
    public HttpEndpoint For(ServerName server) =>
        new(new Uri(Named(Address, server)), Credentials with { ServicePrincipal = Credentials.ServicePrincipal is { } name ? Named(name, server) : null })
        {
            RedirectHosts = [.. RedirectHosts.Select(host => Named(host, server))],
            TrustedRoots = TrustedRoots,
            Proxy = Proxy,
        };

    private static string Named(string text, ServerName server) => text.Replace(Placeholder, server.Value, StringComparison.OrdinalIgnoreCase);
}
