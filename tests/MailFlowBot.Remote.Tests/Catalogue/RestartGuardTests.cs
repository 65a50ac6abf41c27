using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Catalogue;

/// <summary>Each restart guard: when it passes, when it raises or refuses, and what it does when it cannot read.</summary>
public class RestartGuardTests
{
    private static readonly ServerName Ex03 = new("EX03");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 40, 0, TimeSpan.Zero);

    private static readonly RestartService Restart = new(Ex03, WindowsService.Transport);
    private static readonly StartService Start = new(Ex03, WindowsService.Transport);

    private static Readings With(Readings readings, ReadOperation read, Fact fact, OriginKind origin = OriginKind.Endpoint) =>
        readings.With(new Seen(read, fact, new Origin(origin, "EX03"), Now, TimeSpan.Zero));

    private static Readings Inventory(string version) => With(
        Readings.Empty, new ReadInventory(), new InventoryFact([new ExchangeServer(Ex03, version, ["Mailbox"], "BRANCH", null)]));

    private static Readings Pressure(params (string Resource, ResourceUse Use)[] meters) => With(
        Readings.Empty,
        new ReadBackPressure(Ex03),
        new BackPressureFact(Ex03, [.. meters.Select(meter => new ResourceMeter(meter.Resource, null, meter.Use, ResourceUse.Low, 50, 99, 80))], null));

    private static EventReading Event(string source, int id, int minutesAgo, string? text = null) =>
        new("Application", source, id, Now.AddMinutes(-minutesAgo), text);

    private static Readings Events(bool cut, params EventReading[] events) =>
        With(Readings.Empty, new ReadEvents(Ex03), new EventsFact(Ex03, Now.AddHours(-1), events, cut));

    private static Readings Events(params EventReading[] events) => Events(false, events);

    private static Readings Queue(long free, params string[] holds) =>
        With(Readings.Empty, new ReadDisk(Ex03), new DiskFact(Ex03, [new VolumeReading(@"C:\", free, 100, holds)]));

    private static Readings Actions(params RecoveryActionReading[] actions) =>
        With(Readings.Empty, new ReadRecoveryActions(Ex03), new RecoveryActionsFact(Ex03, actions));

    private static GuardReading Check(Guard guard, Readings readings) => guard.Check(readings, Now);

    private static void Refuses(ChangeRefusal why, string shown, Guard guard, Readings readings)
    {
        var reading = Check(guard, readings);
        Assert.Equal((GuardEffect.Refuses, why), (reading.Effect, reading.Refusal));
        Assert.Contains(shown, reading.Reading, StringComparison.Ordinal);
    }

    private static void Has(GuardEffect effect, string shown, Guard guard, Readings readings)
    {
        var reading = Check(guard, readings);
        Assert.Equal((effect, shown), (reading.Effect, reading.Reading));
    }

    [Fact]
    public void A_restart_of_transport_stands_behind_all_guards_of_its_catalogue() => Assert.Equal(
        [
            "service-state", "update", "maintenance", "submission-queue", "last-active-transport", "back-pressure", "queue-database",
            "port-conflict", "crash-loop", "recovery-action",
        ],
        Restart.Guards.Select(guard => guard.Id));

    [Fact]
    public void A_start_asks_for_the_disk_because_a_stopped_service_tells_no_pressure() => Assert.Equal(
        ["service-state", "update", "maintenance", "queue-database", "port-conflict", "crash-loop", "recovery-action", "queue-disk"],
        Start.Guards.Select(guard => guard.Id));

    [Theory]
    [InlineData("MSExchangeFrontEndTransport", "port-conflict,crash-loop,recovery-action")]
    [InlineData("MSExchangeSubmission", "crash-loop,recovery-action")]
    [InlineData("MSExchangeDelivery", "crash-loop,recovery-action")]
    [InlineData("MSExchangeTransportLogSearch", "")]
    [InlineData("MSExchangeEdgeSync", "")]
    public void Other_services_are_held_to_what_concerns_them(string service, string guards) => Assert.Equal(
        guards, string.Join(',', new RestartService(Ex03, new WindowsService(service)).Guards.Skip(3).Select(guard => guard.Id)));

    [Fact]
    public void A_component_reset_asks_none_of_them() => Assert.Equal(
        ["requester", "update", "maintenance"],
        new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active).Guards.Select(guard => guard.Id));

    [Fact]
    public void Reset_and_restart_together_take_no_more_than_ten_reads_of_a_lone_server()
    {
        var readings = Inventory("Version 15.2 (Build 1544.4)");
        ChangeOperation reset = new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

        Assert.InRange(reset.Needs(readings).Concat(Restart.Needs(readings)).Distinct().Count(), 1, 10);
    }

    [Fact]
    public void Low_and_medium_pressure_beside_the_disk_passes() =>
        Has(GuardEffect.Passes, "worst Medium", new BackPressureGuard(Ex03), Pressure(("UsedDiskSpace", ResourceUse.Low), ("SubmissionQueue", ResourceUse.Medium)));

    [Theory]
    [InlineData("UsedDiskSpace", ResourceUse.High)]
    [InlineData("UsedDiskSpace", ResourceUse.Medium)]
    [InlineData("UsedVersionBuckets", ResourceUse.High)]
    [InlineData("SystemMemory", ResourceUse.High)]
    public void A_high_meter_or_a_disk_that_runs_low_refuses(string resource, ResourceUse use) => Refuses(
        ChangeRefusal.BackPressure, $"{resource} {use} 50", new BackPressureGuard(Ex03), Pressure(("PrivateBytes", ResourceUse.High), (resource, use)));

    [Fact]
    public void Memory_of_transport_itself_takes_two_people() => Has(
        GuardEffect.RaisesToB, "PrivateBytes High 50", new BackPressureGuard(Ex03), Pressure(("PrivateBytes", ResourceUse.High), ("UsedDiskSpace", ResourceUse.Low)));

    [Fact]
    public void Pressure_that_was_not_told_is_not_low()
    {
        var guard = new BackPressureGuard(Ex03);

        Refuses(ChangeRefusal.NotSeen, "UsedDiskSpace Unknown", guard, Pressure(("UsedDiskSpace", ResourceUse.Unknown), ("PrivateBytes", ResourceUse.High)));
        Refuses(ChangeRefusal.NotSeen, "no meters", guard, Pressure());
        Refuses(ChangeRefusal.NotSeen, "not seen", guard, Readings.Empty);
    }

    [Fact]
    public void Pressure_that_a_person_pasted_satisfies_nothing() => Refuses(
        ChangeRefusal.NotSeen,
        "not seen",
        new BackPressureGuard(Ex03),
        With(
            Readings.Empty,
            new ReadBackPressure(Ex03),
            new BackPressureFact(Ex03, [new ResourceMeter("UsedDiskSpace", null, ResourceUse.Low, ResourceUse.Low, 1, 99, 80)], null),
            OriginKind.Person));

    [Fact]
    public void Before_2013_events_and_the_volume_speak_for_the_pressure()
    {
        var guard = new BackPressureGuard(Ex03);
        var older = Inventory("Version 8.3 (Build 83.6)");
        Readings Older(Readings events, Readings? disk = null) =>
            events.All.Concat(disk?.All ?? []).Aggregate(older, (readings, answer) => readings.With(answer));

        Assert.Equal([new ReadEvents(Ex03), new ReadDisk(Ex03)], guard.Needs(older));
        Has(GuardEffect.Passes, @"C:\ 50 %", guard, Older(Events(Event("MSExchangeTransport", 15005, 3)), Queue(50, VolumeReading.Queue)));
        Has(GuardEffect.RaisesToB, "the list of events was cut", guard, Older(Events(cut: true), Queue(50, VolumeReading.Queue)));
        Refuses(ChangeRefusal.BackPressure, "15002", guard, Older(Events(Event("MSExchangeTransport", 15002, 3)), Queue(50, VolumeReading.Queue)));
        Refuses(ChangeRefusal.BackPressure, "99 %", guard, Older(Events(), Queue(1, VolumeReading.Queue)));
        Refuses(ChangeRefusal.NotSeen, "not seen", guard, Older(Events()));
        Refuses(ChangeRefusal.NotSeen, "not seen", guard, older);
    }

    [Theory]
    [InlineData(12, GuardEffect.Passes)]
    [InlineData(11, GuardEffect.RaisesToB)]
    [InlineData(2, GuardEffect.RaisesToB)]
    [InlineData(1, GuardEffect.Refuses)]
    public void A_start_needs_room_for_the_queue_database(int freePercent, GuardEffect expected) =>
        Assert.Equal(expected, Check(new QueueDiskGuard(Ex03), Queue(freePercent, VolumeReading.Queue)).Effect);

    [Fact]
    public void A_volume_that_holds_something_else_says_nothing_about_the_queue()
    {
        Refuses(ChangeRefusal.NotSeen, "not seen", new QueueDiskGuard(Ex03), Queue(90, VolumeReading.Database));
        Refuses(ChangeRefusal.NotSeen, "not seen", new QueueDiskGuard(Ex03), Readings.Empty);
    }

    [Theory]
    [InlineData("MSExchangeTransport", 17003)]
    [InlineData("MSExchangeTransport", 17014)]
    [InlineData("ESE", 474)]
    public void A_damaged_queue_database_refuses(string source, int id) =>
        Refuses(ChangeRefusal.QueueDatabaseDamaged, $"{source} {id} (2)", new QueueDatabaseGuard(Ex03), Events(Event(source, id, 50), Event(source, id, 2)));

    [Theory]
    [InlineData("MSExchangeTransport", 1018)]
    [InlineData("MSExchangeFrontEndTransport", 1019)]
    public void A_taken_port_refuses(string source, int id) =>
        Refuses(ChangeRefusal.PortConflict, $"{source} {id}", new PortConflictGuard(Ex03), Events(Event(source, id, 5)));

    public static TheoryData<Guard> OnEvents => [new QueueDatabaseGuard(Ex03), new PortConflictGuard(Ex03), new CrashLoopGuard(Ex03)];

    [Theory]
    [MemberData(nameof(OnEvents))]
    public void Events_of_other_kinds_pass_a_cut_list_raises_and_no_list_refuses(Guard guard)
    {
        Assert.Equal(GuardEffect.Passes, Check(guard, Events(Event("MSExchangeTransport", 7009, 5), Event("Service Control Manager", 1018, 5))).Effect);
        Has(GuardEffect.RaisesToB, "the list of events was cut", guard, Events(cut: true));
        Refuses(ChangeRefusal.NotSeen, "events not seen", guard, Readings.Empty);
        Assert.Equal([new ReadEvents(Ex03)], guard.Needs(Readings.Empty));
    }

    [Fact]
    public void Three_exits_within_ten_minutes_are_a_loop_even_when_it_was_a_while_ago() => Refuses(
        ChangeRefusal.CrashLoop,
        "3 exits",
        new CrashLoopGuard(Ex03),
        Events(
            Event("Service Control Manager", 7031, 41), Event("Service Control Manager", 7034, 45), Event("Service Control Manager", 7031, 50)));

    [Fact]
    public void Exits_further_apart_and_the_two_reports_of_one_exit_are_no_loop()
    {
        Has(GuardEffect.Passes, "2 exits in 10 min", new CrashLoopGuard(Ex03), Events(
            Event("Service Control Manager", 7031, 1), Event("Service Control Manager", 7031, 9), Event("Service Control Manager", 7031, 20)));
        Has(GuardEffect.Passes, "2 exits in 10 min", new CrashLoopGuard(Ex03), Events(
            Event("Service Control Manager", 7031, 1), Event("MSExchange TransportService", 1046, 1),
            Event("Service Control Manager", 7031, 4), Event("MSExchange TransportService", 1046, 4)));
        Has(GuardEffect.Passes, "0 exits in 10 min", new CrashLoopGuard(Ex03), Events());
    }

    [Theory]
    [InlineData("MSExchange Common", 4999, "edgetransport.exe, Vendor.StampingAgent.OnSubmitted", true)]
    [InlineData("MSExchange Common", 4999, "w3wp.exe, SomeAgent", false)]
    [InlineData("MSExchange TransportService", 1046, "The agent Stamper", true)]
    [InlineData("MSExchange Extensibility", 1046, null, true)]
    public void A_crash_that_names_an_agent_refuses(string source, int id, string? text, bool refuses)
    {
        var reading = Check(new CrashLoopGuard(Ex03), Events(Event(source, id, 5, text)));

        Assert.Equal(refuses ? ChangeRefusal.CrashLoop : null, reading.Refusal);
    }

    [Fact]
    public void A_crash_whose_text_is_missing_takes_two_people() => Has(
        GuardEffect.RaisesToB, "MSExchange Common 4999 (1) without text", new CrashLoopGuard(Ex03), Events(Event("MSExchange Common", 4999, 5)));

    [Theory]
    [InlineData("RestartService", "MSExchangeTransport", 14, "Succeeded", true)]
    [InlineData("RestartService", "msexchangetransport", 59, null, true)]
    [InlineData("ForceReboot", "EX03", 1, "Succeeded", true)]
    [InlineData("RestartService", "MSExchangeTransport", -3, "Succeeded", true)]
    [InlineData("RestartService", "MSExchangeTransport", 15, "Succeeded", false)]
    [InlineData("RestartService", "MSExchangeTransport", 60, null, false)]
    [InlineData("RestartService", "MSExchangeTransportLogSearch", 1, "Succeeded", false)]
    [InlineData("RecycleApplicationPool", "MSExchangeOWAAppPool", 1, null, false)]
    public void Managed_availability_at_work_on_the_service_refuses(string action, string target, int minutesAgo, string? result, bool refuses)
    {
        var reading = Check(
            new RecoveryActionGuard(Ex03, WindowsService.Transport),
            Actions(new RecoveryActionReading(action, target, Now.AddMinutes(-minutesAgo), result)));

        Assert.Equal(refuses ? ChangeRefusal.RecoveryUnderWay : null, reading.Refusal);
        Assert.Contains(refuses ? target : "none", reading.Reading, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_actions_that_were_not_read_refuse_and_do_not_exist_before_2013()
    {
        var guard = new RecoveryActionGuard(Ex03, WindowsService.Transport);

        Refuses(ChangeRefusal.NotSeen, "not seen", guard, Inventory("Version 15.2 (Build 1544.4)"));
        Refuses(ChangeRefusal.NotSeen, "not seen", guard, Inventory(""));
        Has(GuardEffect.Passes, "none before Exchange 2013", guard, Inventory("Version 14.3 (Build 123.4)"));
        Assert.Empty(guard.Needs(Inventory("Version 14.3 (Build 123.4)")));
    }
}
