using System.Net;
using System.Net.Sockets;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Endpoints;

public sealed class RemoteEndpointsTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex03 = new("EX03");

    [Fact]
    public async Task A_read_goes_to_the_server_it_names_over_the_endpoint_it_needs_and_connects_then_only()
    {
        await using var lab = new EndpointsInMemory();
        Assert.Empty(lab.Connected);

        var states = Assert.IsType<Seen>(await lab.Endpoints.Reader.ReadAsync(new ReadComponentStates(Ex03), CancellationToken.None));
        var services = Assert.IsType<Seen>(await lab.Endpoints.Reader.ReadAsync(new ReadServices(Ex03), CancellationToken.None));
        await lab.Endpoints.Reader.ReadAsync(new ReadQueues(Ex03), CancellationToken.None);

        Assert.Equal(Ex03, Assert.IsType<ComponentStatesFact>(states.Fact).Server);
        Assert.IsType<ServicesFact>(services.Fact);
        Assert.Equal(
            [new Uri("https://ex03.lab.example/PowerShell/"), new Uri("https://ex03.lab.example:5986/wsman")], lab.Connected);
    }

    [Fact]
    public async Task Smtp_is_not_probed_where_no_address_is_configured()
    {
        await using var lab = new EndpointsInMemory();

        var missed = Assert.IsType<NotSeen>(await lab.Endpoints.Reader.ReadAsync(new ReadSmtpProbe(Ex03, SmtpDoor.FrontDoor), CancellationToken.None));

        Assert.Equal(NotSeenReason.NoEndpoint, missed.Reason);
    }

    [Fact]
    public async Task Smtp_is_probed_at_the_address_that_is_configured_and_over_no_endpoint()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        var port = ((IPEndPoint)door.LocalEndpoint).Port;
        var local = new ServerName("localhost");
        await using var lab = new EndpointsInMemory(windowsServers: [Ex03, local], smtp: new SmtpAddress("{server}", _ => port));

        var read = lab.Endpoints.Reader.ReadAsync(new ReadSmtpProbe(local, SmtpDoor.FrontDoor), CancellationToken.None);
        using (var caller = await door.AcceptTcpClientAsync())
            await caller.GetStream().WriteAsync("554 5.3.2 closed\r\n"u8.ToArray());

        var probe = Assert.IsType<SmtpProbeFact>(Assert.IsType<Seen>(await read).Fact);
        Assert.Equal(554, probe.Code);
        Assert.Empty(lab.Connected);
        Assert.Equal(
            NotSeenReason.UnknownServer,
            Assert.IsType<NotSeen>(await lab.Endpoints.Reader.ReadAsync(new ReadSmtpProbe(new("OTHER"), SmtpDoor.FrontDoor), CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task A_change_reaches_the_organisation_once()
    {
        await using var lab = new EndpointsInMemory();

        var outcome = await lab.Endpoints.Send(
            new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active), CancellationToken.None);

        Assert.IsType<ChangeCompleted>(outcome);
        Assert.Equal(
            ComponentState.Active, lab.Organization.Components(Ex03).Components.Single(component => component.Component == ComponentName.HubTransport).State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_there_is_no_windows_endpoint_its_reads_are_not_seen_and_nobody_connects(bool onOthersOnly)
    {
        await using var lab = onOthersOnly ? new EndpointsInMemory(windowsServers: [Ex01]) : new EndpointsInMemory(hasWindows: false);

        var answer = await lab.Endpoints.Reader.ReadAsync(new ReadServices(Ex03), CancellationToken.None);

        Assert.Equal(NotSeenReason.NoEndpoint, Assert.IsType<NotSeen>(answer).Reason);
        Assert.Empty(lab.Connected);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_not_seen_and_does_not_hinder_the_others()
    {
        await using var lab = new EndpointsInMemory(instead: (server, address) => server == Ex01
            ? new InMemoryTransport((_, _) => throw new TransportException(Delivery.NotSent, $"{address.Host} cannot be reached."))
            : null);

        var both = await Task.WhenAll(
            lab.Endpoints.Reader.ReadAsync(new ReadComponentStates(Ex01), CancellationToken.None),
            lab.Endpoints.Reader.ReadAsync(new ReadComponentStates(Ex03), CancellationToken.None));
        var inventory = await lab.Endpoints.Reader.ReadAsync(new ReadInventory(), CancellationToken.None);

        Assert.Equal(NotSeenReason.Unreachable, Assert.IsType<NotSeen>(both[0]).Reason);
        Assert.IsType<Seen>(both[1]);
        Assert.IsType<Seen>(inventory);
    }

    [Fact]
    public void A_template_names_the_server_in_address_principal_and_redirects()
    {
        var template = new EndpointTemplate(
            "http://{SERVER}.contoso.example/PowerShell/", "Microsoft.Exchange",
            new Credentials(AuthenticationKind.Kerberos) { ServicePrincipal = "HTTP/{server}.contoso.example" })
        {
            RedirectHosts = ["{server}-b.contoso.example"],
        };

        var endpoint = template.For(Ex03);

        Assert.Equal(new Uri("http://ex03.contoso.example/PowerShell/"), endpoint.Address);
        Assert.Equal("HTTP/EX03.contoso.example", endpoint.Credentials.ServicePrincipal);
        Assert.Equal(["EX03-b.contoso.example"], endpoint.RedirectHosts);
    }
}
