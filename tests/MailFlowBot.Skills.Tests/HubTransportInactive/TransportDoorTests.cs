using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.HubTransportInactive;

/// <summary>What port 2525 adds to the picture of a server whose HubTransport is, or seems, Inactive.</summary>
public sealed class TransportDoorTests
{
    private const string Report = "mail stays in Outbox on EX03, 421 4.3.2 Service not active";

    private static readonly ReadSmtpProbe Door = new(Ex03, SmtpDoor.Transport);

    private static Organization Inactive => new Organization().Set(Ex03, ComponentName.HubTransport, Requester.Functional, TimeSpan.FromHours(2));

    private static Organization Says(Organization organization, int code, string? enhanced) =>
        organization.Answers(Door, read => SeenAt(read, DoorSays(Ex03, code, enhanced)));

    private static IEnumerable<string> Ids(IEnumerable<Evidence> evidence) => evidence.Select(line => line.Text.Id);

    [Fact]
    public void A_door_that_refuses_work_is_evidence_for()
    {
        var finding = Assert.Single(Inactive.Diagnose(Report).Findings);

        var evidence = Assert.Single(finding.Evidence, line => line.Text.Id == "evidence.door-refuses");
        Assert.Equal("421 4.3.2", evidence.Text.Args["answer"]);
        Assert.Equal(Door, evidence.Read);
        Assert.Equal(0.95, finding.Confidence);
    }

    [Fact]
    public void A_door_that_is_alive_is_evidence_against_and_explains_only_partly()
    {
        var finding = Assert.Single(Says(Inactive, 530, "5.7.1").Diagnose(Report).Findings);

        Assert.Contains("evidence.door-alive", Ids(finding.Against));
        Assert.Equal(Explains.Partly, finding.Explains);
        Assert.Equal(0.7, finding.Confidence);
    }

    [Fact]
    public void Another_refusal_is_evidence_against()
    {
        var finding = Assert.Single(Says(Inactive, 452, "4.3.1").Diagnose(Report).Findings);

        Assert.Equal("452 4.3.1", Assert.Single(finding.Against, line => line.Text.Id == "evidence.door-other").Text.Args["answer"]);
    }

    [Theory]
    [InlineData(NotSeenReason.TimedOut, "not-seen.timed-out")]
    [InlineData(NotSeenReason.NoEndpoint, "not-seen.no-endpoint")]
    public void A_door_out_of_reach_is_said_to_be_not_seen_and_changes_nothing(NotSeenReason reason, string id)
    {
        var conclusion = Inactive.Hides(Door, reason).Diagnose(Report);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal(Door, Assert.Single(finding.NotSeen, line => line.Text.Id == id).Read);
        Assert.Equal((Explains.Explains, 0.95), (finding.Explains, finding.Confidence));
        Assert.NotNull(conclusion.Plan);
    }

    [Fact]
    public void A_refused_connection_to_a_running_service_is_a_firewall_and_not_seen()
    {
        var closed = new SmtpProbeFact(Ex03, SmtpDoor.Transport, SmtpStage.NotConnected, null, [], null, null, null);
        var finding = Assert.Single(Inactive.Answers(Door, read => SeenAt(read, closed)).Diagnose(Report).Findings);

        Assert.Contains("evidence.door-not-in-sight", Ids(finding.NotSeen));
        Assert.DoesNotContain(finding.Evidence.Concat(finding.Against), line => line.Read == Door);
    }

    [Fact]
    public void A_service_that_did_not_follow_its_component_is_restarted()
    {
        var conclusion = Says(new Organization(), 421, "4.3.2").Diagnose(Report);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal((FindingClass.ComponentInactive, Explains.Explains), (finding.Class, finding.Explains));
        Assert.Equal("component-inactive.headline-not-followed", finding.Headline.Id);
        Assert.Equal([new RestartService(Ex03, WindowsService.Transport)], conclusion.Plan?.Steps);
        // By its state it is active, and nobody stands in for it.
        Assert.Equal(ChangeClass.B, conclusion.Plan?.Judgement.Class);
    }

    [Fact]
    public void Without_a_windows_endpoint_the_restart_is_a_command_to_paste()
    {
        var conclusion = Says(new Organization().WithoutWindowsEndpoint(Ex03), 421, "4.3.2").Diagnose(Report);

        Assert.Null(conclusion.Plan);
        Assert.Equal("not-seen", conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "component-inactive.restart-by-hand" && line.Args["command"].Contains("MSExchangeTransport", StringComparison.Ordinal));
    }

    [Fact]
    public void In_maintenance_or_after_an_interrupted_update_it_is_not_restarted()
    {
        var maintenance = Says(new Organization().Activation(Ex03, "Blocked", moveNow: false), 421, "4.3.2").Diagnose(Report);
        var update = Says(new Organization().Install(Ex03, reboot: true), 421, "4.3.2").Diagnose(Report);

        Assert.Equal((null, "maintenance"), (maintenance.Plan, maintenance.Refusal));
        Assert.Equal((null, "interrupted-update"), (update.Plan, update.Refusal));
        Assert.NotEmpty(maintenance.Runbook);
        Assert.NotEmpty(update.Runbook);
    }

    [Fact]
    public void Someone_elses_door_tells_nothing()
    {
        var conclusion = new Organization()
            .Answers(Door, read => SeenAt(read, DoorSays(Ex01, 421, "4.3.2"), name: "EX01.corp.example")).Diagnose(Report);

        Assert.Empty(conclusion.Findings);
    }

    [Fact]
    public void A_pasted_door_allows_no_restart()
    {
        var examination = Begin(Report);
        new Organization().Hides(Door, NotSeenReason.TimedOut).Pump(examination);
        examination.Accept(SeenAt(Door, DoorSays(Ex03, 421, "4.3.2"), OriginKind.Person, "alice"));

        Assert.Null(examination.Conclude(Now).Plan);
    }

    [Fact]
    public void A_closed_door_speaks_for_a_stopped_service_and_an_open_one_against()
    {
        var stopped = new Organization().Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped);

        var closed = Assert.Single(stopped.Diagnose("EX03: mail stays in Outbox").Findings);
        var open = Assert.Single(Says(stopped, 530, "5.7.1").Diagnose("EX03: mail stays in Outbox").Findings);

        Assert.Contains("evidence.door-closed", Ids(closed.Evidence));
        Assert.Contains("evidence.door-alive", Ids(open.Against));
    }

    [Fact]
    public void When_nothing_is_wrong_the_open_door_is_not_asked_about_again()
    {
        Assert.Equal("ask.all-active-alive", new Organization().Diagnose(Report).Ask?.Id);
        Assert.Equal("ask.all-active", new Organization().Hides(Door, NotSeenReason.TimedOut).Diagnose(Report).Ask?.Id);
    }
}
