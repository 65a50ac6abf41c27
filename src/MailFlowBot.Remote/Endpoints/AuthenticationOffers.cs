using System.Net;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>What an endpoint says to a request without credentials: the schemes of its WWW-Authenticate headers (RFC 9110 11.6.1).</summary>
internal static class AuthenticationOffers
{
    /// <exception cref="EndpointUnreachableException">No answer.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(HttpEndpoint endpoint, CancellationToken cancellation)
    {
        var certificate = new CertificateCheck(endpoint);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = endpoint.ConnectTimeout,
            SslOptions = certificate.Options(),
            UseProxy = endpoint.Proxy is not null,
            Proxy = endpoint.Proxy is { } proxy ? new WebProxy(proxy) : null,
            UseCookies = false,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, EndpointAddress.Of(endpoint.Address)) { Content = new ByteArrayContent([]) };
        try
        {
            using var response = await invoker.SendAsync(request, cancellation).ConfigureAwait(false);
            return [.. response.Headers.WwwAuthenticate.Select(offer => offer.Scheme).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var host = endpoint.Address.GetLeftPart(UriPartial.Authority);
            throw new EndpointUnreachableException(certificate.Refusal is { } refusal ? $"{host} {refusal}." : $"{host} cannot be reached: {e.Message}", e);
        }
    }
}
