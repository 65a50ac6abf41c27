using System.Net;
using System.Net.Sockets;
using System.Security.Authentication.ExtendedProtection;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// One connection at a time to an endpoint. Authentication belongs to the connection, so each is counted: what was agreed on one is
/// void on the next.
/// </summary>
internal sealed class LaneWire : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly CertificateCheck _certificate;
    private int _generation;

    public LaneWire(HttpEndpoint endpoint, CookieContainer cookies)
    {
        _certificate = new CertificateCheck(endpoint);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            ConnectTimeout = endpoint.ConnectTimeout,
            ConnectCallback = ConnectAsync,
            SslOptions = _certificate.Options(),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseProxy = endpoint.Proxy is not null,
            Proxy = endpoint.Proxy is { } proxy ? new WebProxy(proxy) : null,

            // Exchange behind a load balancer finds the server of a shell by its cookie.
            UseCookies = true,
            CookieContainer = cookies,
            MaxResponseHeadersLength = TransportLimits.MaxHeaderKibibytes,

            // A body that nobody reads to its end closes the connection at once.
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Counts the connections so far; 0 before the first.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Why the server's certificate was refused; null when it was not.</summary>
    public string? CertificateRefusal => _certificate.Refusal;

    /// <summary>What to bind a security context to; null without TLS and before the first request.</summary>
    public ChannelBinding? Binding => _certificate.Binding;

    /// <summary>Sends; comes back with the headers of the answer.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _invoker.SendAsync(request, cancellation);

    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);
            Interlocked.Increment(ref _generation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
