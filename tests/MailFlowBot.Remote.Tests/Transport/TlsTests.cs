using System.Net;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Remote.Tests.Transport;

public sealed class TlsTests : IDisposable
{
    private readonly LoopbackAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Basic_goes_over_tls_with_the_envelope(SslProtocols version)
    {
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, _authority.Issue("localhost"), version);
        await using var transport = new HttpWsmanTransport(Endpoint(peer, "correct: ü"));

        Assert.NotEmpty(await transport.TextAsync());
        Assert.Single(peer.Seen);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task The_channel_binding_is_that_of_the_servers_certificate(SslProtocols version)
    {
        using var certificate = _authority.Issue("localhost");
        await using var peer = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync, certificate, version);
        using var wire = new LaneWire(Endpoint(peer, "x"), new CookieContainer());
        using var request = new HttpRequestMessage(HttpMethod.Post, peer.Address);
        Assert.Null(wire.Binding);
        using var answer = await wire.SendAsync(request, default);

        using var binding = wire.Binding;
        var bytes = new byte[binding!.Size];
        Marshal.Copy(binding.DangerousGetHandle(), bytes, 0, bytes.Length);

        // RFC 5929 4.1, behind the structure of SSPI.
        byte[] expected = [.. "tls-server-end-point:"u8, .. SHA256.HashData(certificate.RawData)];
        Assert.Equal(expected, bytes[^expected.Length..]);
    }

    [Fact]
    public async Task A_proxy_opens_a_way_and_sees_no_password()
    {
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, _authority.Issue("localhost"));
        var asked = "";
        await using var proxy = new RawPeer(async connection =>
        {
            asked = await connection.RequestAsync() ?? "";
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            await connection.TunnelAsync(peer.Address.Port);
        });
        await using var transport = new HttpWsmanTransport(Endpoint(peer, "correct: ü") with { Proxy = new Uri($"http://localhost:{proxy.Address.Port}") });

        Assert.NotEmpty(await transport.TextAsync());
        Assert.StartsWith($"CONNECT localhost:{peer.Address.Port} ", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("uthorization", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_means_not_sent()
    {
        await using var proxy = RawPeer.Answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        var failure = await (new HttpEndpoint(new Uri("https://localhost:1/wsman"), Who("x")) with { Proxy = new Uri($"http://localhost:{proxy.Address.Port}") }).FailAsync();

        Assert.Equal((TransportFault.Unreachable, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains("proxy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_sent_once_and_never_again()
    {
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, _authority.Issue("localhost"));
        await using var transport = new HttpWsmanTransport(Endpoint(peer, "Sesame-wrong"));

        var failures = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => transport.FailAsync()));
        var later = await transport.FailAsync();

        Assert.Single(peer.Seen);
        Assert.All([.. failures, later], failure =>
        {
            Assert.Equal((TransportFault.Unauthorized, Delivery.NotSent), (failure.Fault, failure.Delivery));
            Assert.Contains("operator", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Sesame", failure.ToString(), StringComparison.Ordinal);
        });
        Assert.Contains("not tried again", later.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_named_as_such()
    {
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, _authority.Issue("localhost", until: DateTimeOffset.UtcNow.AddDays(-1)));

        await RefusesAsync(Endpoint(peer, "x"), peer, "not valid now");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_named_as_such()
    {
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, _authority.Issue("ex09.contoso.example"));

        await RefusesAsync(Endpoint(peer, "x"), peer, "for another name (ex09.contoso.example) than localhost");
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_named_as_such()
    {
        using var stranger = new LoopbackAuthority("CN=A stranger");
        await using var peer = await WsmanPeer.StartAsync(CheckBasicAsync, stranger.Issue("localhost"));

        await RefusesAsync(Endpoint(peer, "x"), peer, "not trusted (CN=A stranger)");
        await RefusesAsync(Endpoint(peer, "x") with { TrustedRoots = null }, peer, "not trusted");
    }

    [Fact]
    public async Task Plain_http_where_tls_should_be_is_no_connection()
    {
        await using var talk = new RawPeer(connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        var failure = await new HttpEndpoint(new UriBuilder(talk.Address) { Scheme = "https" }.Uri, Who("x")).FailAsync();

        Assert.Equal((TransportFault.Unreachable, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains("does not speak TLS", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_and_named()
    {
        X509Certificate2? shown = null;
        await using var peer = await WsmanPeer.StartAsync(
            context =>
            {
                shown = context.Connection.ClientCertificate;
                return WsmanPeer.EchoAsync(context);
            },
            _authority.Issue("localhost"),
            wantsCertificate: true);
        using var mine = _authority.Issue("operator", forServer: false);
        await using var transport = new HttpWsmanTransport(
            new HttpEndpoint(peer.Address, new Credentials(AuthenticationKind.Certificate) { Certificate = mine }) { TrustedRoots = _authority.Roots });

        Assert.NotEmpty(await transport.TextAsync());
        Assert.Equal(mine.Thumbprint, shown?.Thumbprint);
        Assert.All(peer.Seen, seen => Assert.EndsWith("/secprofile/https/mutual", seen.Headers["Authorization"], StringComparison.Ordinal));
        Assert.Equal(0, peer.Seen.First().Length);
    }

    [Theory]
    [InlineData("https://ex01/wsman", AuthenticationKind.None, null, null, "this machine")]
    [InlineData("http://ex01/wsman", AuthenticationKind.Basic, "operator", "p", "https")]
    [InlineData("https://ex01/wsman", AuthenticationKind.Basic, null, null, "user name and a password")]
    [InlineData("https://ex01/wsman", AuthenticationKind.Basic, "a:b", "p", "colon")]
    [InlineData("http://ex01/wsman", AuthenticationKind.Kerberos, "operator", null, "together")]
    [InlineData("http://192.0.2.1/wsman", AuthenticationKind.Kerberos, null, null, "full host name")]
    [InlineData("http://[::1]/wsman", AuthenticationKind.Negotiate, null, null, "full host name")]
    [InlineData("http://ex01/wsman", AuthenticationKind.Ntlm, "operator", "p", "System.Net.Security.UseManagedNtlm")]
    [InlineData("http://ex01/wsman", AuthenticationKind.Certificate, null, null, "https")]
    [InlineData("https://ex01/wsman", AuthenticationKind.Certificate, null, null, "private key")]
    [InlineData("ftp://ex01/wsman", AuthenticationKind.Kerberos, null, null, "http or https")]
    [InlineData("https://operator:Sesame@ex01/wsman", AuthenticationKind.Kerberos, null, null, "no account")]
    internal void Refuses_what_cannot_work_before_anything_is_sent(string address, AuthenticationKind kind, string? user, string? password, string says)
    {
        var who = new Credentials(kind) { UserName = user, Password = password is null ? null : new Secret(password) };

        var failure = Assert.Throws<TransportException>(() => new HttpWsmanTransport(new HttpEndpoint(new Uri(address), who)));

        Assert.Equal((TransportFault.NotConfigured, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Sesame", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_never_prints_itself()
    {
        var endpoint = new HttpEndpoint(new Uri("https://ex01/"), Who("Sesame"));

        Assert.DoesNotContain("Sesame", $"{endpoint} {endpoint.Credentials} {endpoint.Credentials.Password}", StringComparison.Ordinal);
    }

    private static Credentials Who(string password) => new(AuthenticationKind.Basic) { UserName = "operator", Password = new Secret(password) };

    private static async Task CheckBasicAsync(HttpContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("operator:correct: ü"));
        if (context.Request.Headers.Authorization == expected)
        {
            await WsmanPeer.EchoAsync(context);
            return;
        }

        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"WSMAN\"";
    }

    private static async Task RefusesAsync(HttpEndpoint endpoint, WsmanPeer peer, string says)
    {
        var failure = await endpoint.FailAsync();

        Assert.Equal((TransportFault.Untrusted, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Empty(peer.Seen);
    }

    private HttpEndpoint Endpoint(WsmanPeer peer, string password) => new(peer.Address, Who(password)) { TrustedRoots = _authority.Roots };
}
