using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Diagnosis;

/// <summary>The drills that speak of component states and services, each as facts written by hand.</summary>
public class DrillTests
{
    private static readonly ComponentName Hub = ComponentName.HubTransport;

    [Fact]
    public void A_healthy_organisation_has_no_finding_and_no_plan()
    {
        var conclusion = new Organization().Diagnose("mail stays in Outbox");

        Assert.Empty(conclusion.Findings);
        Assert.Null(conclusion.Plan);
        Assert.Null(conclusion.Refusal);
        Assert.Equal("ask.which-server", conclusion.Ask?.Id);
    }

    [Fact]
    public void Transport_inactive_by_functional_is_reset_and_restarted_with_one_approval()
    {
        var conclusion = Diagnose(new Organization().Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2)), Ex03);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal("component_inactive", finding.Class);
        Assert.Equal(Explains.Explains, finding.Explains);
        Assert.Equal("KB2866822", finding.Article);
        Assert.Equal(ResetAndRestart(Ex03, Requester.Functional), conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
        Assert.Null(conclusion.Plan?.Judgement.Refusal);
        Assert.Null(conclusion.Refusal);
        Assert.Empty(finding.NotSeen);
        Assert.Contains(finding.Evidence, evidence => evidence.Text.Id == "evidence.no-peer");
        Assert.All(finding.Evidence, evidence => Assert.Equal(Now, evidence.At));
    }

    [Fact]
    public void A_dag_peer_that_serves_makes_it_explain_only_partly()
    {
        var conclusion = Diagnose(new Organization().Set(Ex01, Hub, Requester.Functional, TimeSpan.FromHours(2)), Ex01);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal(Explains.Partly, finding.Explains);
        Assert.Contains(finding.Against, evidence => evidence.Text.Args["peer"] == "EX02");
        Assert.Equal(ResetAndRestart(Ex01, Requester.Functional), conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
    }

    [Fact]
    public void Two_requesters_are_lifted_one_plan_after_the_other_and_the_restart_comes_last()
    {
        var organization = new Organization()
            .Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(9))
            .Set(Ex03, Hub, Requester.Maintenance, TimeSpan.FromHours(9));

        var first = Diagnose(organization, Ex03);

        Assert.Equal([Reset(Ex03, Hub, Requester.Functional)], first.Plan?.Steps);
        Assert.Equal(ChangeClass.A, first.Plan?.Judgement.Class);
        Assert.Contains(first.Plan!.Guided, line => line.Id == "component-inactive.next-requester");

        organization.Set(Ex03, Hub, Requester.Functional, TimeSpan.Zero, ComponentState.Active);
        var second = Diagnose(organization, Ex03);

        Assert.Equal(ResetAndRestart(Ex03, Requester.Maintenance), second.Plan?.Steps);
        Assert.Equal(ChangeClass.B, second.Plan?.Judgement.Class);
    }

    [Fact]
    public void The_whole_maintenance_procedure_gets_a_runbook_and_no_button()
    {
        var conclusion = Diagnose(
            new Organization()
                .Set(Ex02, Hub, Requester.Maintenance, TimeSpan.FromMinutes(40), ComponentState.Draining)
                .Set(Ex02, ComponentName.ServerWideOffline, Requester.Maintenance, TimeSpan.FromMinutes(36))
                .Node(Ex02, ClusterNodeState.Paused)
                .Activation(Ex02, "Blocked", moveNow: true),
            Ex02);

        Assert.Equal("maintenance", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal("maintenance", conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "runbook.stop-dag-maintenance");
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "maintenance.node-paused");
    }

    [Fact]
    public void Draining_alone_counts_as_maintenance()
    {
        var conclusion = Diagnose(
            new Organization().Set(Ex02, Hub, Requester.Maintenance, TimeSpan.FromMinutes(5), ComponentState.Draining), Ex02);

        Assert.Equal("maintenance", conclusion.Findings[0].Class);
        Assert.Equal("maintenance.headline-window", conclusion.Findings[0].Headline.Id);
        Assert.Null(conclusion.Plan);
        Assert.Equal("maintenance", conclusion.Refusal);
    }

    [Fact]
    public void A_forgotten_last_line_of_maintenance_takes_two_approvals_and_the_owner_question()
    {
        var conclusion = Diagnose(new Organization().Set(Ex02, Hub, Requester.Maintenance, TimeSpan.FromHours(14)), Ex02);

        Assert.Equal("component_inactive", conclusion.Findings[0].Class);
        Assert.Equal(ResetAndRestart(Ex02, Requester.Maintenance), conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
        Assert.Contains(conclusion.Plan!.Questions, line => line.Id == "component-inactive.owner-question");
    }

    [Fact]
    public void What_setup_left_behind_is_reset_entry_by_entry_server_wide_offline_first()
    {
        var conclusion = Diagnose(
            new Organization()
                .Set(Ex01, ComponentName.RecoveryActionsEnabled, Requester.Functional, TimeSpan.FromHours(3))
                .Set(Ex01, ComponentName.Monitoring, Requester.Functional, TimeSpan.FromHours(3))
                .Set(Ex01, ComponentName.ServerWideOffline, Requester.Functional, TimeSpan.FromHours(3)),
            Ex01);

        Assert.Equal("component_inactive", conclusion.Findings[0].Class);
        Assert.Equal(
            [
                Reset(Ex01, ComponentName.ServerWideOffline, Requester.Functional),
                Reset(Ex01, ComponentName.Monitoring, Requester.Functional),
                Reset(Ex01, ComponentName.RecoveryActionsEnabled, Requester.Functional),
            ],
            conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
    }

    [Fact]
    public void An_interrupted_update_gets_a_runbook_and_no_button()
    {
        var organization = new Organization().Install(Ex03, watermark: true);
        foreach (var service in WindowsService.Changeable)
            organization.Service(Ex03, service, ServiceStatus.Stopped, ServiceStartType.Disabled);

        var conclusion = Diagnose(organization, Ex03);

        Assert.Equal("interrupted_update", conclusion.Findings[0].Class);
        Assert.Equal(Explains.Explains, conclusion.Findings[0].Explains);
        Assert.Null(conclusion.Plan);
        Assert.Equal("interrupted-update", conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "runbook.finish-update");
    }

    [Fact]
    public void A_stopped_transport_service_is_started_with_one_approval()
    {
        var conclusion = Diagnose(
            new Organization().Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped), Ex03);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Equal(Explains.Explains, conclusion.Findings[0].Explains);
        Assert.Equal([new StartService(Ex03, WindowsService.Transport)], conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
    }

    [Fact]
    public void Two_stores_that_disagree_are_both_shown_and_set_again_by_the_same_requester()
    {
        var conclusion = Diagnose(
            new Organization()
                .Set(Ex01, Hub, Requester.Functional, TimeSpan.FromHours(6), ComponentState.Active, local: false)
                .Set(Ex01, Hub, Requester.Functional, TimeSpan.FromHours(2), ComponentState.Inactive, remote: false),
            Ex01);

        var stores = Assert.Single(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.stores");
        Assert.Contains("Inactive", stores.Text.Args["local"], StringComparison.Ordinal);
        Assert.Contains("Active", stores.Text.Args["remote"], StringComparison.Ordinal);
        Assert.Equal(ResetAndRestart(Ex01, Requester.Functional), conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
    }

    [Fact]
    public void An_answer_of_the_wrong_back_end_counts_as_not_seen()
    {
        var organization = new Organization().Set(Ex02, Hub, Requester.Functional, TimeSpan.FromHours(2));
        organization.Answers(new ReadComponentStates(Ex01), read => SeenAt(read, organization.States(Ex02), name: "EX02.corp.example"));

        var conclusion = Diagnose(organization, Ex01);

        Assert.Equal("not_seen", Assert.Single(conclusion.Findings).Class);
        Assert.Equal("not-seen.wrong-server", Assert.Single(conclusion.Findings[0].NotSeen).Text.Id);
        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
    }

    [Fact]
    public void Without_a_windows_endpoint_the_reset_goes_alone_and_the_restart_is_a_command_to_paste()
    {
        var conclusion = Diagnose(
            new Organization().Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2)).WithoutWindowsEndpoint(Ex03), Ex03);

        Assert.Equal([Reset(Ex03, Hub, Requester.Functional)], conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
        var guided = Assert.Single(conclusion.Plan!.Guided, line => line.Id == "component-inactive.restart-by-hand");
        Assert.Equal("Restart-Service -Name MSExchangeTransport -Force", guided.Args["command"]);
        Assert.Contains(conclusion.Findings[0].NotSeen, evidence => evidence.Text.Id == "not-seen.no-endpoint");
    }

    private static Conclusion Diagnose(Organization organization, ServerName server) =>
        organization.Diagnose($"users on {server} say mail stays in Outbox, telnet gives 412 4.3.2 Service not active");

    private static SetComponentState Reset(ServerName server, ComponentName component, Requester requester) =>
        new(server, component, requester, ComponentState.Active);

    private static ChangeOperation[] ResetAndRestart(ServerName server, Requester requester) =>
        [Reset(server, Hub, requester), new RestartService(server, WindowsService.Transport)];
}
