using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class CaptureTests
{
    private static readonly ServerName Solo = new("SOLO-E19A");

    private static T Fact<T>(CmdletAnswer answer) where T : Fact => Assert.IsType<T>(Assert.IsType<CmdletAnswer.Found>(answer).Fact);

    [SkippableTheory]
    [InlineData("e19-Get-ServerComponentState.xml")]
    [InlineData("e19-Get-ServerComponentState.raw.xml")]
    public void Component_states_of_a_2019_server(string file)
    {
        var answer = new ComponentStatesCmdlet(Solo).Answer(Capture.Exchange(file));

        var fact = Fact<ComponentStatesFact>(answer);
        Assert.Equal(34, fact.Components.Count);
        Assert.Equal(
            ["ForwardSyncDaemon", "ProvisioningRps"],
            fact.Components.Where(component => component.State != ComponentState.Active).Select(component => component.Component.Value));
        Assert.Empty(fact.Find(ComponentName.HubTransport)!.Entries);
        var entry = Assert.Single(fact.Find(ComponentName.ServerWideOffline)!.LocalStates);
        Assert.Equal(Requester.Functional, entry.Requester);
        Assert.Equal(ComponentState.Active, entry.State);
        Assert.Equal("9/28/2021 5:32:01 PM", entry.TimestampText);
        Assert.Equal(new DateTimeOffset(2021, 9, 28, 17, 32, 1, TimeSpan.Zero), new DateTimeOffset(entry.At!.Value.Ticks / 10_000_000 * 10_000_000, TimeSpan.Zero));
        Assert.DoesNotContain(fact.Components, component => component.ServerWideOfflineIsOffline);
        Assert.Equal("Solo-E19A", ((CmdletAnswer.Found)answer).AnsweredBy);
    }

    [SkippableFact]
    public void Component_states_of_a_2016_server()
    {
        var objects = Capture.Objects("data/psrp/captures/clixml-exchange/E16_Exchange_GetServerComponentState.xml");
        var name = Property.ServerIn((PsObject)objects[0]!, "ServerFqdn")!;

        var fact = Fact<ComponentStatesFact>(new ComponentStatesCmdlet(new ServerName(name)).Answer(new Outputs(objects)));

        Assert.NotNull(fact.Find(ComponentName.HubTransport));
        Assert.All(fact.Components.SelectMany(component => component.Entries), entry =>
        {
            Assert.NotEqual(Requester.NotTold, entry.Requester);
            Assert.NotEqual(ComponentState.Unknown, entry.State);
            Assert.NotNull(entry.At);
        });
    }

    [SkippableFact]
    public void Component_states_of_another_server_are_not_seen()
    {
        var answer = new ComponentStatesCmdlet(new ServerName("SOLO-E19B")).Answer(Capture.Exchange("e19-Get-ServerComponentState.xml"));

        var nothing = Assert.IsType<CmdletAnswer.Nothing>(answer);
        Assert.Equal(NotSeenReason.WrongServer, nothing.Reason);
        Assert.Contains("Solo-E19A", nothing.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Inventory_of_a_server_in_no_dag()
    {
        var fact = Fact<InventoryFact>(new InventoryCmdlets().Answer(Capture.Exchange("e19-Get-ExchangeServer.xml", "e19-Get-MailboxServer.xml")));

        var server = Assert.Single(fact.Servers);
        Assert.Equal(Solo, server.Name);
        Assert.Equal("Version 15.2 (Build 986.5)", server.Version);
        Assert.Equal(["Mailbox"], server.Roles);
        Assert.Equal("Default-First-Site-Name", server.Site);
        Assert.Null(server.Dag);
        Assert.True(server.DagSeen);
        Assert.True(server.HasComponentStates);
    }

    [SkippableFact]
    public void Inventory_of_several_servers_whose_dags_were_not_told()
    {
        var fact = Fact<InventoryFact>(new InventoryCmdlets().Answer(
            new Outputs(Capture.Objects("data/exchange/clixml/list-Get-ExchangeServer.xml"), null)));

        Assert.Equal(["E2k16-1", "E2k16-2"], fact.Servers.Select(server => server.Name.Value));
        Assert.All(fact.Servers, server => Assert.False(server.DagSeen));
        Assert.Empty(fact.PeersOf(new ServerName("E2k16-1")));
    }

    [SkippableFact]
    public void Activation_settings_of_a_mailbox_server()
    {
        var fact = Fact<MailboxServerFact>(new MailboxServerCmdlet(Solo).Answer(Capture.Exchange("e19-Get-MailboxServer.xml")));

        Assert.Equal(new MailboxServerFact(Solo, null, "Unrestricted", false), fact);
    }

    [SkippableFact]
    public void Required_services_per_role()
    {
        var fact = Fact<ServiceHealthFact>(new ServiceHealthCmdlet(Solo).Answer(Capture.Exchange("e19-Test-ServiceHealth.xml")));

        Assert.Equal(
            ["Mailbox Server Role", "Client Access Server Role", "Hub Transport Server Role"], fact.Roles.Select(role => role.Role));
        Assert.All(fact.Roles, role => Assert.True(role.RequiredServicesRunning));
        Assert.Contains("MSExchangeTransport", fact.Roles[2].ServicesRunning);
        Assert.All(fact.Roles, role => Assert.Empty(role.ServicesNotRunning));
    }

    [SkippableFact]
    public void Required_services_noted_for_another_computer_are_not_seen() =>
        Assert.Equal(
            NotSeenReason.WrongServer,
            Assert.IsType<CmdletAnswer.Nothing>(
                new ServiceHealthCmdlet(new ServerName("EX01")).Answer(Capture.Exchange("e19-Test-ServiceHealth.xml"))).Reason);

    [SkippableTheory]
    [InlineData("e19-Get-Service.exchange.xml")]
    [InlineData("e19-Get-Service.exchange1.xml")]
    public void Services_of_a_2019_server(string file)
    {
        var services = ServicesCmdlet.Services(Capture.Exchange(file).Objects);

        Assert.Equal(WindowsService.Watched.ToHashSet(), services.Select(reading => reading.Service).ToHashSet());
        Assert.All(services, reading =>
        {
            Assert.Equal(ServiceStatus.Running, reading.Status);
            Assert.Equal(ServiceStartType.Automatic, reading.StartType);
        });
    }

    [SkippableFact]
    public void Services_that_name_no_server_are_not_seen() =>
        Assert.Equal(
            NotSeenReason.WrongServer,
            Assert.IsType<CmdletAnswer.Nothing>(new ServicesCmdlet(Solo).Answer(Capture.Exchange("e19-Get-Service.exchange.xml"))).Reason);
}
