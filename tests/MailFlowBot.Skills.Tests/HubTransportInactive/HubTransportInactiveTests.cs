using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.HubTransportInactive;

public class HubTransportInactiveTests
{
    private const string Report = "EX03 answers 421 4.3.2 Service not active";

    private static readonly ComponentName Hub = ComponentName.HubTransport;
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    private static Organization Inactive(Requester requester, TimeSpan? age) => new Organization().Set(Ex03, Hub, requester, age);

    [Fact]
    public void A_japanese_report_comes_to_the_same_plan()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Diagnose("ＥＸ０３ のユーザーのメールが送信トレイに残ります。４２１ ４．３．２ Service not active と表示されます");

        Assert.Equal(Explains.Explains, conclusion.Findings[0].Explains);
        Assert.Equal(2, conclusion.Plan?.Steps.Count);
        Assert.Contains("要求元は Functional", SkillTexts.Format("ja", conclusion.Findings[0].Headline), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HealthApi", "managed-availability", "runbook.health-api")]
    [InlineData("HealthAPI", "managed-availability", "runbook.health-api")]
    [InlineData("Sidelined", "requester-not-allowed", "runbook.requester-not-allowed")]
    [InlineData("Deployment", "requester-not-allowed", "runbook.requester-not-allowed")]
    [InlineData("Contoso", "requester-not-allowed", "runbook.requester-not-allowed")]
    public void Other_requesters_get_a_runbook(string requester, string refusal, string line)
    {
        var conclusion = Inactive(new Requester(requester), TimeSpan.FromDays(3)).Diagnose(Report);

        Assert.Equal("component_inactive", conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Equal(refusal, conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, text => text.Id == line);
    }

    [Fact]
    public void One_requester_that_no_machine_may_lift_keeps_the_others_from_a_plan()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Set(Ex03, ComponentName.FrontendTransport, Requester.HealthApi, TwoHours)
            .Diagnose(Report);

        Assert.Null(conclusion.Plan);
        Assert.Equal("managed-availability", conclusion.Refusal);
    }

    [Theory]
    [InlineData(239, "maintenance")]
    [InlineData(240, null)]
    public void A_lone_maintenance_entry_counts_as_forgotten_from_four_hours_on(int minutes, string? refusal)
    {
        var conclusion = Inactive(Requester.Maintenance, TimeSpan.FromMinutes(minutes)).Diagnose(Report);

        Assert.Equal(refusal, conclusion.Refusal);
        Assert.Equal(refusal is null, conclusion.Plan is not null);
    }

    [Fact]
    public void A_maintenance_entry_of_unknown_age_counts_as_young()
    {
        var conclusion = Inactive(Requester.Maintenance, age: null).Diagnose(Report);

        Assert.Equal("maintenance", conclusion.Refusal);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void Evidence_that_could_not_be_read_takes_a_second_approval_and_is_named()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Hides(new ReadMailboxServer(Ex03), NotSeenReason.MissingRight)
            .Diagnose(Report);

        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
        var missing = Assert.Single(conclusion.Findings[0].NotSeen);
        Assert.Equal(("not-seen.missing-right", new ReadMailboxServer(Ex03)), (missing.Text.Id, missing.Read));
        Assert.True(conclusion.Findings[0].Confidence < 0.95);
    }

    [Fact]
    public void Queues_that_cannot_be_read_leave_the_restart_to_a_person()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Hides(new ReadQueues(Ex03), NotSeenReason.TimedOut)
            .Diagnose(Report);

        Assert.IsType<SetComponentState>(Assert.Single(conclusion.Plan!.Steps));
        Assert.Contains(conclusion.Plan.Guided, line => line.Id == "component-inactive.restart-by-hand");
    }

    [Fact]
    public void A_large_submission_queue_takes_a_second_approval()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours).Waiting(Ex03, 5001).Diagnose(Report);

        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
        Assert.Equal(2, conclusion.Plan?.Steps.Count);
    }

    [Fact]
    public void A_stopped_service_is_started_after_the_reset_and_not_restarted()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped)
            .Diagnose(Report);

        Assert.Equal(new StartService(Ex03, WindowsService.Transport), conclusion.Plan?.Steps[^1]);
    }

    [Fact]
    public void The_front_end_component_is_followed_by_its_own_service()
    {
        var conclusion = new Organization()
            .Set(Ex03, ComponentName.FrontendTransport, Requester.Functional, TwoHours)
            .Diagnose(Report);

        Assert.Equal(
            [
                new SetComponentState(Ex03, ComponentName.FrontendTransport, Requester.Functional, ComponentState.Active),
                new RestartService(Ex03, WindowsService.FrontEndTransport),
            ],
            conclusion.Plan?.Steps);
    }

    [Fact]
    public void A_closed_front_door_explains_an_outbox_only_partly()
    {
        var organization = new Organization().Set(Ex03, ComponentName.FrontendTransport, Requester.Functional, TwoHours);

        Assert.Equal(Explains.Partly, organization.Diagnose("EX03: mail stays in Outbox").Findings[0].Explains);
        Assert.Equal(Explains.Explains, organization.Diagnose(Report).Findings[0].Explains);
    }

    [Fact]
    public void Server_wide_offline_is_lifted_before_the_component_and_the_restart_follows()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Set(Ex03, ComponentName.ServerWideOffline, Requester.Functional, TwoHours)
            .Diagnose(Report);

        Assert.Equal(
            [
                new SetComponentState(Ex03, ComponentName.ServerWideOffline, Requester.Functional, ComponentState.Active),
                new SetComponentState(Ex03, Hub, Requester.Functional, ComponentState.Active),
                new RestartService(Ex03, WindowsService.Transport),
            ],
            conclusion.Plan?.Steps);
        Assert.Contains(conclusion.Plan!.Questions, line => line.Id == "component-inactive.setup-question");
    }

    [Fact]
    public void While_the_server_stays_offline_for_an_unread_reason_nothing_is_restarted()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Shows(Ex03, ComponentName.ServerWideOffline, ComponentState.Inactive)
            .Diagnose(Report);

        Assert.IsType<SetComponentState>(Assert.Single(conclusion.Plan!.Steps));
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.no-requester");
    }

    [Fact]
    public void An_inactive_component_without_a_readable_requester_gets_no_button()
    {
        var conclusion = new Organization().Shows(Ex03, Hub, ComponentState.Inactive).Diagnose(Report);

        Assert.Equal("component-inactive.headline-no-requester", conclusion.Findings[0].Headline.Id);
        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "runbook.show-entries");
    }

    [Fact]
    public void A_state_that_contradicts_its_entries_decides_nothing()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours).Shows(Ex03, Hub, ComponentState.Active).Diagnose(Report);

        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.contradictory");
        Assert.True(conclusion.Findings[0].Confidence < 0.7);
        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
    }

    [Fact]
    public void An_entry_whose_requester_is_not_told_gets_no_button()
    {
        var conclusion = Inactive(new Requester("not-told"), TimeSpan.FromDays(1)).Diagnose(Report);

        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "runbook.show-entries");
    }

    [Fact]
    public void Nobody_is_called_alone_while_the_servers_own_dag_was_not_read_or_differs()
    {
        var unread = Inactive(Requester.Functional, TwoHours).Hides(new ReadMailboxServer(Ex03), NotSeenReason.Failed).Diagnose(Report);
        var differs = Inactive(Requester.Functional, TwoHours);
        differs.Answers(new ReadMailboxServer(Ex03), read => SeenAt(read, new MailboxServerFact(Ex03, "DAG2", "Unrestricted", false)));

        Assert.DoesNotContain(unread.Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.no-peer");
        Assert.DoesNotContain(differs.Diagnose(Report).Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.no-peer");
    }

    [Fact]
    public void A_state_of_no_documented_value_decides_nothing()
    {
        var conclusion = new Organization().Shows(Ex03, Hub, ComponentState.Unknown).Diagnose(Report);

        Assert.Equal("component-inactive.headline-contradictory", conclusion.Findings[0].Headline.Id);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void A_list_without_the_transport_component_is_not_called_healthy()
    {
        var organization = new Organization();
        organization.Answers(new ReadComponentStates(Ex03), read => SeenAt(read, new ComponentStatesFact(Ex03, [])));

        var conclusion = organization.Diagnose(Report);

        Assert.Equal("not_seen", Assert.Single(conclusion.Findings).Class);
        Assert.Single(conclusion.Findings[0].NotSeen);
        Assert.Equal("not-seen", conclusion.Refusal);
    }

    [Fact]
    public void Components_that_are_inactive_by_design_are_no_deviation()
    {
        var conclusion = new Organization().Diagnose(Report);

        Assert.Empty(conclusion.Findings);
        Assert.Equal("ask.all-active-alive", conclusion.Ask?.Id);
    }

    [Fact]
    public void A_protocol_proxy_held_by_managed_availability_does_not_explain_stuck_mail()
    {
        var conclusion = new Organization().Set(Ex03, new("PopProxy"), Requester.HealthApi, TwoHours).Diagnose(Report);

        Assert.Equal(Explains.DoesNotExplain, conclusion.Findings[0].Explains);
        Assert.Equal("managed-availability", conclusion.Refusal);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void Monitoring_alone_does_not_explain_stuck_mail()
    {
        var conclusion = new Organization().Set(Ex03, ComponentName.Monitoring, Requester.Functional, TwoHours).Diagnose(Report);

        Assert.Equal(Explains.DoesNotExplain, conclusion.Findings[0].Explains);
    }

    [Fact]
    public void A_blocked_activation_policy_makes_a_functional_entry_maintenance()
    {
        var conclusion = new Organization()
            .Set(Ex01, Hub, Requester.Functional, TwoHours)
            .Activation(Ex01, "Blocked", moveNow: false)
            .Diagnose("EX01 421 4.3.2 Service not active");

        Assert.Equal("maintenance", conclusion.Findings[0].Class);
        Assert.Equal("maintenance", conclusion.Refusal);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void Maintenance_for_an_update_that_runs_is_called_both()
    {
        var conclusion = new Organization()
            .Set(Ex02, Hub, Requester.Maintenance, TimeSpan.FromMinutes(30))
            .Install(Ex02, running: true)
            .Diagnose("EX02 421 4.3.2 Service not active");

        Assert.Equal(["maintenance", "interrupted_update"], conclusion.Findings.Select(finding => finding.Class));
        Assert.Equal("maintenance", conclusion.Refusal);
    }

    [Fact]
    public void A_pending_restart_of_the_machine_holds_a_plan_back_and_is_no_finding_on_a_healthy_server()
    {
        Assert.Empty(new Organization().Install(Ex03, reboot: true).Diagnose(Report).Findings);

        var conclusion = Inactive(Requester.Functional, TwoHours).Install(Ex03, reboot: true).Diagnose(Report);
        Assert.Equal("interrupted_update", conclusion.Findings[0].Class);
        Assert.Equal("interrupted-update", conclusion.Refusal);
    }

    [Fact]
    public void What_a_person_pasted_holds_a_plan_back()
    {
        var organization = Inactive(Requester.Functional, TwoHours);
        var examination = Begin(Report);
        organization.Pump(examination);
        var draining = new Organization().Set(Ex03, Hub, Requester.Maintenance, TimeSpan.FromMinutes(1), ComponentState.Draining);
        examination.Accept(SeenAt(new ReadComponentStates(Ex03), draining.States(Ex03), OriginKind.Person, "alice"));

        var conclusion = examination.Conclude(Now);

        Assert.Null(conclusion.Plan);
        Assert.Equal("maintenance", conclusion.Refusal);
        Assert.Contains(conclusion.Findings[0].Against, evidence => evidence.Text.Id == "evidence.pasted");
    }

    [Fact]
    public void Words_of_maintenance_in_the_report_bring_a_question()
    {
        var conclusion = Inactive(Requester.Functional, TwoHours)
            .Diagnose("EX03 was in maintenance mode yesterday, now 421 4.3.2 Service not active");

        Assert.Contains(conclusion.Plan!.Questions, line => line.Id == "component-inactive.maintenance-mentioned");
    }

    [Fact]
    public void A_named_server_takes_two_rounds_and_no_more_reads_than_the_budget()
    {
        var organization = Inactive(Requester.Functional, TwoHours);
        var examination = Begin("EX01 421 4.3.2 Service not active");

        Assert.Equal([new ReadInventory()], examination.Needs);
        examination.Accept(organization.Answer(new ReadInventory()));
        var needs = examination.Needs;
        Assert.Contains(new ReadComponentStates(Ex02), needs);
        Assert.DoesNotContain(needs, read => read.Server == Ex03);
        Assert.InRange(needs.Count(read => read.Server == Ex01), 6, Examination.ReadsPerServer);
        foreach (var read in needs)
            examination.Accept(organization.Answer(read));
        Assert.Empty(examination.Needs);
    }

    [Fact]
    public void An_unseen_peer_is_not_counted_as_serving()
    {
        var conclusion = new Organization()
            .Set(Ex01, Hub, Requester.Functional, TwoHours)
            .Hides(new ReadComponentStates(Ex02), NotSeenReason.Unreachable)
            .Diagnose("EX01 421 4.3.2 Service not active");

        Assert.Equal(Explains.Explains, conclusion.Findings[0].Explains);
        Assert.Contains(conclusion.Findings[0].NotSeen, evidence => evidence.Read == new ReadComponentStates(Ex02));
    }
}
