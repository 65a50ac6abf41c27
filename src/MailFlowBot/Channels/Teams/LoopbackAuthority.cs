using Microsoft.Identity.Client;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The HTTP client of the token library. The library wants an https authority; an authority on loopback, for tests, speaks plain http,
/// so exactly that host and port are called by http. Redirects are not followed: the request carries the secret.
/// </summary>
internal sealed class LoopbackAuthority : DelegatingHandler, IMsalHttpClientFactory
{
    private readonly Uri _authority;
    private readonly HttpClient _http;

    public LoopbackAuthority(Uri authority)
        : base(ConnectorClient.Handler())
    {
        _authority = authority;
        _http = new HttpClient(this, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(15) };
    }

    /// <summary>The authority as the library wants to hear it.</summary>
    public static Uri Named(Uri authority) => new UriBuilder(authority) { Scheme = Uri.UriSchemeHttps, Port = authority.Port }.Uri;

    public HttpClient GetHttpClient() => _http;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_authority.Scheme == Uri.UriSchemeHttp && _authority.IsLoopback && request.RequestUri is { } address
            && address.Host == _authority.Host && address.Port == _authority.Port)
            request.RequestUri = new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = address.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
        base.Dispose(disposing);
    }
}
