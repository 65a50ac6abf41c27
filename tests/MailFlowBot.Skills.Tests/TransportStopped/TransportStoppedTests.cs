using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.TransportStopped;

public class TransportStoppedTests
{
    private const string Report = "EX03: mail stays in Outbox";

    [Theory]
    [InlineData(ServiceStatus.StartPending)]
    [InlineData(ServiceStatus.StopPending)]
    [InlineData(ServiceStatus.Paused)]
    public void A_service_on_its_way_is_looked_at_again_and_not_started(ServiceStatus status)
    {
        var conclusion = new Organization().Service(Ex03, WindowsService.Transport, status).Diagnose(Report);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "transport-stopped.look-again");
    }

    [Fact]
    public void A_service_of_unknown_status_is_not_called_stopped()
    {
        var conclusion = new Organization().Service(Ex03, WindowsService.Transport, ServiceStatus.Unknown).Diagnose(Report);

        Assert.Empty(conclusion.Findings);
    }

    [Fact]
    public void A_manual_service_was_set_so_by_somebody_and_is_not_started()
    {
        var conclusion = new Organization()
            .Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped, ServiceStartType.Manual)
            .Diagnose(Report);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "transport-stopped.why-stopped");
    }

    [Fact]
    public void A_stopped_delivery_service_explains_only_partly()
    {
        var conclusion = new Organization().Service(Ex03, WindowsService.Delivery, ServiceStatus.Stopped).Diagnose(Report);

        Assert.Equal(Explains.Partly, conclusion.Findings[0].Explains);
        Assert.Equal([new StartService(Ex03, WindowsService.Delivery)], conclusion.Plan?.Steps);
    }

    [Fact]
    public void A_server_in_maintenance_is_not_started()
    {
        var conclusion = new Organization()
            .Service(Ex02, WindowsService.Transport, ServiceStatus.Stopped)
            .Activation(Ex02, "Blocked", moveNow: true)
            .Diagnose("EX02: mail stays in Outbox");

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal("maintenance", conclusion.Refusal);
    }

    [Fact]
    public void Without_a_windows_endpoint_the_servers_own_judgement_names_the_service_and_starts_nothing()
    {
        var organization = new Organization().WithoutWindowsEndpoint(Ex03);
        organization.Answers(new ReadServiceHealth(Ex03), read => SeenAt(read, new ServiceHealthFact(
            Ex03, [new RoleHealth("Mailbox Server Role", false, [], ["MSExchangeTransport"])])));

        var conclusion = organization.Diagnose(Report);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
        Assert.Equal("Start-Service -Name MSExchangeTransport", Assert.Single(conclusion.Runbook).Args["command"]);
        Assert.Contains(conclusion.Findings[0].NotSeen, evidence => evidence.Read == new ReadServices(Ex03));
    }

    [Fact]
    public void Services_that_cannot_be_read_are_not_called_running()
    {
        var conclusion = new Organization().WithoutWindowsEndpoint(Ex03).Diagnose(Report);

        Assert.Empty(conclusion.Findings);
        Assert.Equal("ask.services-unseen", conclusion.Ask?.Id);
        Assert.Contains(conclusion.Runbook, line => line.Id == "not-seen.no-endpoint");
    }
}
