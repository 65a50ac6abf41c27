using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Catalogue;

/// <summary>EdgeSync, agents, the scan engine, poison and shadow queues, filters.</summary>
public class MessagesTests
{
    private const string Vague = "EX03: mail stays in Outbox";
    private const string Edge = "EX03: EdgeSync does not synchronize to the Edge server";

    [Fact]
    public void Edge_sync_that_logs_failures_is_restarted_with_one_approval()
    {
        var conclusion = new Organization().Logged(Ex03, ("MSExchange EdgeSync", 10104, null)).Diagnose(Edge);

        Assert.Equal([new RestartService(Ex03, WindowsService.EdgeSync)], conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
        Assert.Null(conclusion.Refusal);
    }

    [Fact]
    public void Edge_sync_that_is_stopped_is_started_where_the_report_is_about_it()
    {
        var organization = new Organization().Service(Ex03, WindowsService.EdgeSync, ServiceStatus.Stopped);

        Assert.Equal([new StartService(Ex03, WindowsService.EdgeSync)], organization.Diagnose(Edge).Plan?.Steps);
        Assert.Empty(organization.Diagnose(Vague).Findings);
    }

    [Fact]
    public void The_report_alone_restarts_nothing() => Assert.Null(new Organization().Diagnose(Edge).Plan);

    [Fact]
    public void Edge_sync_on_a_server_in_maintenance_is_left_alone()
    {
        var conclusion = new Organization()
            .Logged(Ex02, ("MSExchange EdgeSync", 10104, null))
            .Activation(Ex02, "Blocked", moveNow: true)
            .Diagnose("EX02: EdgeSync does not synchronize to the Edge server");

        Assert.Equal("edge_sync", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal("maintenance", conclusion.Refusal);
    }

    [Fact]
    public void What_a_person_pasted_holds_the_restart_of_edge_sync_back()
    {
        var organization = new Organization().Logged(Ex03, ("MSExchange EdgeSync", 10104, null));
        var examination = Begin(Edge);
        organization.Pump(examination);
        var draining = new Organization().Set(
            Ex03, ComponentName.HubTransport, Requester.Maintenance, TimeSpan.FromMinutes(1), ComponentState.Draining);
        examination.Accept(SeenAt(new ReadComponentStates(Ex03), draining.States(Ex03), OriginKind.Person, "alice"));

        Assert.Null(examination.Conclude(Now).Plan);
    }

    [Fact]
    public void Without_a_windows_endpoint_edge_sync_is_not_touched()
    {
        var conclusion = new Organization().WithoutWindowsEndpoint(Ex03).Logged(Ex03, ("MSExchange EdgeSync", 10104, null)).Diagnose(Edge);

        Assert.Equal("edge_sync", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
    }

    [Fact]
    public void A_third_party_agent_is_named_and_nothing_is_disabled()
    {
        var conclusion = new Organization()
            .Tells(new ReadTransportAgents(Ex03), new TransportAgentsFact(Ex03, [new TransportAgentReading("Contoso Signing", true, 3, true)]))
            .Diagnose("EX03: MSExchange Extensibility event 1050, a transport agent is slow");

        Assert.Equal("transport-agents.headline-suspect", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Args.GetValueOrDefault("agent") == "Contoso Signing");
        Assert.Null(conclusion.Plan);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, true)]
    public void An_agent_that_is_disabled_or_of_unknown_origin_is_not_accused(bool enabled, bool? thirdParty)
    {
        var conclusion = new Organization()
            .Tells(new ReadTransportAgents(Ex03), new TransportAgentsFact(Ex03, [new TransportAgentReading("Some Agent", enabled && thirdParty != true, 3, thirdParty)]))
            .Diagnose("EX03: MSExchange Extensibility event 1050, a transport agent is slow");

        Assert.Equal("transport-agents.reported", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void A_slow_agent_logged_on_the_way_is_no_finding_for_another_report() =>
        Assert.Empty(new Organization().Logged(Ex03, ("MSExchange Extensibility", 1050, null)).Diagnose(Vague).Findings);

    [Fact]
    public void A_scan_engine_that_does_not_load_explains_mail_that_waits()
    {
        var conclusion = new Organization().Logged(Ex03, ("FIPFS", 5300, null), ("FIPFS", 1106, null)).Diagnose(Vague);

        Assert.Equal(("antimalware_engine", Explains.Explains), (conclusion.Findings[0].Class, conclusion.Findings[0].Explains));
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "antimalware.bypass");
    }

    [Fact]
    public void A_missing_event_of_a_cut_list_is_not_held_against_the_report()
    {
        var organization = new Organization().Tells(new ReadEvents(Ex03), new EventsFact(Ex03, Now.AddHours(-1), [], Cut: true));

        Assert.Empty(organization.Diagnose("EX03: FIPFS event 5300, the scan engine does not load").Findings[0].Against);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Few_poisoned_messages_are_said_only_to_who_asks(int messages, bool found)
    {
        var organization = new Organization().Queues(Ex03, new QueueReading(@"EX03\Poison", "Undefined", "Ready", "Poison", messages, 0, null));

        Assert.Equal(found ? 1 : 0, organization.Diagnose(Vague).Findings.Count);
        Assert.Contains(
            organization.Diagnose("EX03: messages in the poison queue, MSExchangeTransport 10001").Findings[0].Evidence,
            evidence => evidence.Text.Id == "poison-queue.count");
    }

    [Fact]
    public void Shadow_copies_are_normal_and_said_only_to_who_asks()
    {
        var organization = new Organization().Queues(Ex03, new QueueReading(@"EX03\9", "ShadowRedundancy", "Ready", "EX01.corp.example", 900, 0, null));

        Assert.Empty(organization.Diagnose(Vague).Findings);
    }

    [Fact]
    public void Shadow_copies_for_a_peer_that_is_out_are_stuck_there()
    {
        var conclusion = new Organization()
            .Set(Ex02, ComponentName.HubTransport, Requester.Maintenance, TimeSpan.FromHours(1))
            .Queues(Ex01, new QueueReading(@"EX01\9", "ShadowRedundancy", "Ready", "ex02.corp.example", 900, 0, null))
            .Diagnose("EX01: the shadow queue does not drain, shadow redundancy", Ex01);

        Assert.Equal("shadow-redundancy.headline-stuck", conclusion.Findings[0].Headline.Id);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void A_long_queue_that_delivers_is_the_limit_of_connections_and_no_outage()
    {
        var conclusion = new Organization()
            .Queues(Ex03, new QueueReading(@"EX03\4", "DnsConnectorDelivery", "Active", "fabrikam.example", 4000, 1, null))
            .Diagnose("EX03: 554 5.4.14 Hop count exceeded, mail loop");

        var steady = Assert.Single(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "mail-filtering.steady");
        Assert.Equal("20", steady.Text.Args["limit"]);
    }

    [Fact]
    public void A_long_error_of_a_queue_is_shortened_before_it_is_shown()
    {
        var conclusion = new Organization()
            .Waits(Ex03, "SmtpRelayToServers", "EX01", "451 4.4.0 DNS query failed " + new string('x', 4000))
            .Diagnose(Vague);

        Assert.All(conclusion.Findings[0].Evidence, evidence => Assert.All(evidence.Text.Args.Values, value => Assert.InRange(value.Length, 0, 200)));
    }
}
