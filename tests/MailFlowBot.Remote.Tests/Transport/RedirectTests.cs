using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Remote.Tests.Transport;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Follows_with_the_envelope_and_stays_there(int status)
    {
        await using var there = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var here = await WsmanPeer.StartAsync(context => Redirect(context, status, there.Address.AbsoluteUri));
        await using var transport = new HttpWsmanTransport(here.Address.Anonymous());

        Assert.Equal("<echo><envelope>a change</envelope></echo>", await transport.TextAsync());
        Assert.NotEmpty(await transport.TextAsync());
        Assert.Single(here.Seen);
        Assert.Equal(2, there.Seen.Count);
        Assert.Equal(there.Address, transport.Address);
    }

    [Fact]
    public async Task Follows_a_relative_location()
    {
        await using var peer = await WsmanPeer.StartAsync(context => context.Request.Path == "/wsman" ? Redirect(context, 302, "/other") : WsmanPeer.EchoAsync(context));
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        await transport.TextAsync();

        Assert.Equal("/other", transport.Address.AbsolutePath);
    }

    [Fact]
    public async Task Ends_a_loop()
    {
        await using var peer = await WsmanPeer.StartAsync(context => Redirect(context, 302, "/wsman"));

        var failure = await peer.Address.Anonymous().FailAsync();

        Assert.Equal((TransportFault.RedirectRefused, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Equal(1 + TransportLimits.MaxRedirects, peer.Seen.Count);
    }

    [Fact]
    public async Task Refuses_a_host_that_is_not_listed_and_shows_no_query_of_it()
    {
        await using var peer = await WsmanPeer.StartAsync(context => Redirect(context, 302, "http://elsewhere.example/wsman?token=abc"));

        var failure = await peer.Address.Anonymous().FailAsync();

        Assert.Equal(TransportFault.RedirectRefused, failure.Fault);
        Assert.Contains("elsewhere.example", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_redirect_to_nowhere()
    {
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            return Task.CompletedTask;
        });

        Assert.Equal(TransportFault.BadAnswer, (await peer.Address.Anonymous().FailAsync()).Fault);
    }

    [Theory]
    [InlineData("https://ex01/PowerShell", "https://ex01/other", AuthenticationKind.Basic, true)]
    [InlineData("https://ex01/PowerShell", "http://ex01/PowerShell", AuthenticationKind.Kerberos, false)]
    [InlineData("https://ex01/PowerShell", "https://ex02/PowerShell", AuthenticationKind.Kerberos, true)]
    [InlineData("http://ex01/PowerShell", "http://ex02/PowerShell", AuthenticationKind.Kerberos, true)]
    [InlineData("https://ex01/PowerShell", "https://ex02/PowerShell", AuthenticationKind.Basic, false)]
    [InlineData("https://ex01/PowerShell", "https://ex03/PowerShell", AuthenticationKind.Kerberos, false)]
    [InlineData("https://ex01/PowerShell", "https://who:pass@ex02/PowerShell", AuthenticationKind.Kerberos, false)]
    [InlineData("https://ex01/PowerShell", "ftp://ex02/PowerShell", AuthenticationKind.Kerberos, false)]
    internal void Keeps_the_rules(string from, string to, AuthenticationKind kind, bool allowed)
    {
        var endpoint = new HttpEndpoint(new Uri(from), new Credentials(kind)) { RedirectHosts = ["EX02"] };

        Assert.Equal(allowed, RedirectRule.Refusal(new Uri(from), new Uri(to), endpoint) is null);
    }

    [Fact]
    public void Another_host_has_another_service_principal()
    {
        var endpoint = new HttpEndpoint(new Uri("http://ex01/"), new Credentials(AuthenticationKind.Kerberos) { ServicePrincipal = "HTTP/mail" });

        Assert.Equal("HTTP/mail", RedirectRule.Follow(endpoint, endpoint.Address, new Uri("http://ex01/x")).Credentials.ServicePrincipal);
        Assert.Null(RedirectRule.Follow(endpoint, endpoint.Address, new Uri("http://ex02/")).Credentials.ServicePrincipal);
    }

    [Fact]
    public async Task A_redirect_fault_gives_a_transport_under_the_same_rules()
    {
        await using var there = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var transport = new HttpWsmanTransport(new Uri("http://localhost:1/wsman").Anonymous());
        await using var moved = transport.RedirectTo(there.Address);

        Assert.NotEmpty(await moved.TextAsync());
        Assert.Equal(TransportFault.RedirectRefused, Assert.Throws<TransportException>(() => transport.RedirectTo(new Uri("http://elsewhere.example/"))).Fault);
    }

    private static Task Redirect(HttpContext context, int status, string location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
