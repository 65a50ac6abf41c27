using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Catalogue;

/// <summary>Back pressure, disks, databases, and what makes transport exit.</summary>
public class ResourcesTests
{
    private const string Vague = "EX03: mail stays in Outbox";

    [Fact]
    public void High_disk_use_explains_a_vague_report_and_no_restart_is_offered()
    {
        var conclusion = new Organization().Pressure(Ex03, ResourceUse.High).Diagnose("please restart transport on EX03, mail stays in Outbox");

        Assert.Equal(("back_pressure", Explains.Explains), (conclusion.Findings[0].Class, conclusion.Findings[0].Explains));
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "back-pressure.no-restart");
        Assert.Contains(conclusion.Runbook, line => line.Id == "back-pressure.free-space");
        var meter = Assert.Single(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "back-pressure.meter");
        Assert.Equal(("94", "88"), (meter.Text.Args["high"], meter.Text.Args["back"]));
    }

    [Fact]
    public void Why_there_is_no_restart_is_what_the_guard_of_a_restart_says()
    {
        var organization = new Organization().Pressure(Ex03, ResourceUse.High);
        var examination = Begin(Vague);
        organization.Pump(examination);
        var guard = new RestartService(Ex03, WindowsService.Transport).Judge(examination.Readings, Now).Guards
            .FirstOrDefault(reading => reading.Guard == "back-pressure");

        Assert.Equal(guard?.Refusal is { } refusal ? RefusalCode.Of(refusal) : null, examination.Conclude(Now).Refusal);
    }

    [Fact]
    public void Medium_explains_only_partly_because_mail_from_inside_passes()
    {
        var conclusion = new Organization().Pressure(Ex03, ResourceUse.Medium).Diagnose(Vague);

        Assert.Equal(Explains.Partly, conclusion.Findings[0].Explains);
        Assert.Equal("back-pressure.headline-medium", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void A_peer_that_serves_makes_high_disk_use_explain_a_vague_report_only_partly()
    {
        var finding = new Organization().Pressure(Ex01, ResourceUse.High).Diagnose("EX01: mail stays in Outbox").Findings[0];

        Assert.Equal(("back_pressure", Explains.Partly), (finding.Class, finding.Explains));
        Assert.Contains(finding.Against, evidence => evidence.Text.Id == "evidence.peer-serves" && evidence.Text.Args["peer"] == "EX02");
    }

    [Fact]
    public void Memory_gets_the_runbook_for_memory()
    {
        var conclusion = new Organization().Pressure(Ex03, ResourceUse.High, "PrivateBytes").Diagnose(Vague);

        Assert.Contains(conclusion.Runbook, line => line.Id == "back-pressure.memory");
        Assert.DoesNotContain(conclusion.Runbook, line => line.Id == "back-pressure.free-space");
    }

    [Fact]
    public void Meters_that_are_low_again_outweigh_an_event_of_the_last_hour() =>
        Assert.Empty(new Organization().Logged(Ex03, ("MSExchangeTransport", 15004, null)).Diagnose(Vague).Findings);

    [Fact]
    public void Where_the_meters_cannot_be_read_an_event_speaks()
    {
        var conclusion = new Organization()
            .Hides(new ReadBackPressure(Ex03), NotSeenReason.MissingRight)
            .Logged(Ex03, ("MSExchangeTransport", 15006, null))
            .Diagnose(Vague);

        Assert.Equal("back-pressure.headline-events", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Findings[0].NotSeen, evidence => evidence.Read == new ReadBackPressure(Ex03));
    }

    [Fact]
    public void A_meter_of_unknown_use_is_neither_a_fault_nor_health()
    {
        var organization = new Organization().Pressure(Ex03, ResourceUse.Unknown);

        Assert.Empty(organization.Diagnose(Vague).Findings);
        Assert.Empty(organization.Diagnose("EX03 answers 452 4.3.1 Insufficient system resources").Findings[0].Against);
    }

    [Fact]
    public void The_pressure_of_another_server_is_not_taken_for_this_ones()
    {
        var organization = new Organization();
        organization.Answers(new ReadBackPressure(Ex03), read => SeenAt(read, new BackPressureFact(
            Ex01, [new ResourceMeter("UsedDiskSpace", null, ResourceUse.High, ResourceUse.Low, 99, 94, 88)], null)));

        Assert.Empty(organization.Diagnose(Vague).Findings);
    }

    [Theory]
    [InlineData(1L << 30, "log", true)]
    [InlineData(3L << 30, "log", false)]
    [InlineData(1L << 30, "temp", true)]
    [InlineData(1L << 30, "queue", false)]
    public void A_volume_of_store_log_or_temp_that_is_full_is_found_and_the_queues_is_left_to_back_pressure(long free, string holds, bool found)
    {
        var conclusion = new Organization()
            .Tells(new ReadDisk(Ex03), new DiskFact(Ex03, [new VolumeReading("D:\\", free, 1000L << 30, [holds])]))
            .Diagnose("EX03: 431 4.3.1 STOREDRV; mailbox disk is full");

        Assert.Equal("store_disk_full", conclusion.Findings[0].Class);
        Assert.Equal(found ? "store-disk.headline" : "store-disk.reported", conclusion.Findings[0].Headline.Id);
    }

    [Theory]
    [InlineData("Dismounted", "database-unavailable.headline")]
    [InlineData("Mounted", "database-unavailable.reported")]
    [InlineData("Healthy", "database-unavailable.reported")]
    public void A_dismounted_copy_confirms_the_report(string status, string headline)
    {
        var conclusion = new Organization()
            .Tells(new ReadDatabaseCopies(Ex03), new DatabaseCopiesFact(Ex03, [new DatabaseCopyReading(@"DB03\EX03", status, false, 0)]))
            .Diagnose("EX03: 432 4.3.2 STOREDRV; database is dismounted");

        Assert.Equal(headline, conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void A_failed_passive_copy_is_no_fault_of_mail_flow_on_its_own() => Assert.Empty(new Organization()
        .Tells(new ReadDatabaseCopies(Ex03), new DatabaseCopiesFact(Ex03, [new DatabaseCopyReading(@"DB03\EX03", "FailedAndSuspended", true, 0)]))
        .Diagnose(Vague).Findings);

    [Fact]
    public void A_queue_to_a_mailbox_database_asks_for_its_copies()
    {
        var organization = new Organization().Waits(Ex03, "SmtpDeliveryToMailbox", "DB03", "432 4.3.2 STOREDRV; database offline");

        Assert.Equal("database_unavailable", organization.Diagnose(Vague).Findings[0].Class);
        Assert.Contains(new ReadDatabaseCopies(Ex03), organization.Asked);
    }

    [Theory]
    [InlineData("MSExchangeTransport", 17003, null, "queue_database")]
    [InlineData("MSExchangeTransport", 1018, null, "connector_config")]
    [InlineData("MSExchange Common", 4999, "edgetransport Contoso.SigningAgent", "transport_agent")]
    public void A_stopped_service_with_a_cause_of_its_own_is_not_started(string source, int id, string? text, string fault)
    {
        var conclusion = new Organization()
            .Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped)
            .Logged(Ex03, (source, id, text))
            .Diagnose(Vague);

        Assert.Equal(fault, conclusion.Findings[0].Class);
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "evidence.service");
    }

    [Fact]
    public void A_crash_loop_is_no_case_for_a_start()
    {
        var exit = ("Service Control Manager", 7031, (string?)"MSExchangeTransport");
        var conclusion = new Organization()
            .Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped)
            .Logged(Ex03, exit, exit, exit)
            .Diagnose(Vague);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Equal("transport-crashing.headline", conclusion.Findings[0].Headline.Id);
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void A_single_exit_does_not_keep_a_stopped_service_from_being_started()
    {
        var conclusion = new Organization()
            .Service(Ex03, WindowsService.Transport, ServiceStatus.Stopped)
            .Logged(Ex03, ("Service Control Manager", 7034, "MSExchangeTransport"))
            .Diagnose(Vague);

        Assert.Equal([new StartService(Ex03, WindowsService.Transport)], conclusion.Plan?.Steps);
    }

    [Fact]
    public void A_stopped_delivery_service_has_nothing_to_do_with_the_queue_database()
    {
        var conclusion = new Organization()
            .Service(Ex03, WindowsService.Delivery, ServiceStatus.Stopped)
            .Logged(Ex03, ("MSExchangeTransport", 17003, null))
            .Diagnose(Vague);

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
    }

    [Fact]
    public void Transport_out_of_sessions_is_told_with_the_update_that_cures_it()
    {
        var conclusion = new Organization().Logged(Ex03, ("MSExchangeTransport", 17018, null)).Diagnose(Vague);

        Assert.Equal("transport-crashing.headline-sessions", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Runbook, line => line.Id == "transport-crashing.sessions");
    }

    [Fact]
    public void An_unhealthy_health_set_confirms_a_report_of_one()
    {
        var conclusion = new Organization()
            .Tells(new ReadHealthReport(Ex03), new HealthReportFact(Ex03, [new HealthSetReading("HubTransport", "Unhealthy", "Online", null)]))
            .Diagnose("EX03: the transport service is down, event MSExchangeTransport 17018");

        Assert.Equal("transport_service_down", conclusion.Findings[0].Class);
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "transport-crashing.health-set");
    }

    [Fact]
    public void A_health_set_alone_is_not_called_an_event()
    {
        var conclusion = new Organization()
            .Tells(new ReadHealthReport(Ex03), new HealthReportFact(Ex03, [new HealthSetReading("HubTransport", "Unhealthy", "Online", null)]))
            .Diagnose("EX03: MSExchangeTransport keeps crashing, transport service is down, event 17018");

        Assert.Equal("transport-crashing.headline-health", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void Ese_events_alone_do_not_make_a_damaged_queue_database() =>
        Assert.Empty(new Organization().Logged(Ex03, ("ESE", 474, null)).Diagnose(Vague).Findings);
}
