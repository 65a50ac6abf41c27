using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Diagnosis;

/// <summary>What must hold whatever the servers and people say.</summary>
public class AnyObservationsTests
{
    private static readonly ComponentName[] Components =
    [
        ComponentName.HubTransport, ComponentName.HubTransport, ComponentName.FrontendTransport, ComponentName.ServerWideOffline,
        ComponentName.Monitoring, ComponentName.RecoveryActionsEnabled, ComponentName.EdgeTransport, new("PopProxy"),
    ];

    private static readonly Requester[] Requesters =
    [
        Requester.Functional, Requester.Functional, Requester.Functional, Requester.Maintenance, Requester.HealthApi, Requester.Sidelined,
        Requester.Deployment, new("Somebody"),
    ];

    private static readonly TimeSpan?[] Ages =
        [TimeSpan.FromMinutes(5), TimeSpan.FromHours(3.9), TimeSpan.FromHours(4), TimeSpan.FromHours(14), TimeSpan.FromDays(-1), null];

    private static readonly Origin Alice = new(OriginKind.Person, "alice");

    private static readonly WindowsService[] Services = [.. WindowsService.Watched];

    private static readonly string[] Reports =
    [
        "mail stays in Outbox", "EX03 421 4.3.2 Service not active", "EX01 and EX02: mail does not flow", "HubTransport Inactive on EX01",
        "EX02 is in maintenance mode, 452 4.3.1", "", "calendar of EX03", "EX07 421 4.3.2 Service not active",
        "EX03: EdgeSync does not synchronize to the Edge server", "EX02 logs event MSExchangeFrontEndTransport 12014",
        "EX01: FIPFS event 5300, the scan engine does not load", "EX03: the shadow queue does not drain, shadow redundancy",
        "EX03: 451 4.4.0 DNS query failed for every domain, NonExistentDomain", "EX02: 550 5.7.54 Unable to relay, receive connector",
    ];

    private static readonly Gen<ServerName> Servers = Gen.Elements(Names.AsEnumerable());

    /// <summary>One thing that is different from a healthy organisation.</summary>
    private static readonly Gen<Deviation> Deviations = Gen.OneOf(
        from server in Servers
        from component in Gen.Elements(Components)
        from requester in Gen.Elements(Requesters)
        from age in Gen.Elements(Ages)
        from state in Gen.Elements(
            ComponentState.Inactive, ComponentState.Inactive, ComponentState.Active, ComponentState.Draining, ComponentState.Unknown)
        from stores in Gen.Elements((true, true), (true, true), (true, false), (false, true))
        select new Deviation($"{server} {component} {requester} {age} {state} {stores}", organization =>
            organization.Set(server, component, requester, age, state, stores.Item1, stores.Item2)),
        from server in Servers
        from component in Gen.Elements(Components)
        from state in Gen.Elements(Enum.GetValues<ComponentState>())
        select new Deviation($"{server} shows {component} {state}", organization => organization.Shows(server, component, state)),
        from server in Servers
        from service in Gen.Elements(Services)
        from status in Gen.Elements(Enum.GetValues<ServiceStatus>())
        from start in Gen.Elements(ServiceStartType.Automatic, ServiceStartType.Manual, ServiceStartType.Unknown)
        select new Deviation($"{server} {service} {status} {start}", organization => organization.Service(server, service, status, start)),
        from read in Servers.SelectMany(server => Gen.Elements<ReadOperation>(
            new ReadComponentStates(server), new ReadServices(server), new ReadMailboxServer(server), new ReadClusterNode(server),
            new ReadInstallState(server), new ReadQueues(server), new ReadSmtpProbe(server, SmtpDoor.Transport), new ReadInventory()))
        from reason in Gen.Elements(Enum.GetValues<NotSeenReason>())
        select new Deviation($"{read} not seen: {reason}", organization => organization.Hides(read, reason)),
        from server in Servers
        from code in Gen.Elements((421, "4.3.2"), (412, "4.3.2"), (530, "5.7.1"), (250, "2.1.0"), (452, "4.3.1"), (554, null))
        select new Deviation($"{server}:2525 says {code}", organization => organization.Answers(
            new ReadSmtpProbe(server, SmtpDoor.Transport), read => SeenAt(read, DoorSays(server, code.Item1, code.Item2)))),
        from server in Servers
        from sign in Gen.Choose(0, 5)
        select new Deviation($"{server} update sign {sign}", organization => _ = sign switch
        {
            0 => organization.Install(server, running: true),
            1 => organization.Install(server, watermark: true),
            2 => organization.Install(server, reboot: true),
            3 => organization.Install(server, running: null, watermark: null, reboot: null),
            4 => organization.Service(server, WindowsService.Delivery, ServiceStatus.Stopped, ServiceStartType.Disabled),
            _ => organization.WithoutWindowsEndpoint(server),
        }),
        from server in Servers
        from sign in Gen.Choose(0, 3)
        select new Deviation($"{server} maintenance sign {sign}", organization => _ = sign switch
        {
            0 => organization.Activation(server, "Blocked", moveNow: false),
            1 => organization.Activation(server, "Unrestricted", moveNow: true),
            2 => organization.Node(server, ClusterNodeState.Paused),
            _ => organization.Waiting(server, 9000),
        }));

    /// <summary>Queues, meters, events and settings as odd as servers can tell them.</summary>
    private static readonly Gen<Deviation> Oddities = Gen.OneOf(
        from server in Servers
        from type in Gen.Elements("SmtpRelayToServers", "DnsConnectorDelivery", "SmtpDeliveryToMailbox", "ShadowRedundancy", "Undefined", "")
        from name in Gen.Elements("7", "Poison", "Unreachable", "")
        from status in Gen.Elements("Retry", "Ready", "Suspended", "再試行", "")
        from error in Gen.Elements(
            null, "", "451 4.4.0 DNS query failed", "432 4.3.2 STOREDRV", "431 4.3.1", "451 5.7.3", "454 4.7.5 certificate", "{server} {0}", "\ud800")
        from count in Gen.Elements(-1, 0, 3, 60, int.MaxValue)
        select new Deviation($"{server} queue {type} {name} {status} {error} {count}", organization => organization.Queues(
            server, new QueueReading($@"{server}\{name}", type, status, "", count, null, error))),
        from server in Servers
        from resource in Gen.Elements("UsedDiskSpace", "PrivateBytes", "", "nothing known")
        from use in Gen.Elements(Enum.GetValues<ResourceUse>())
        select new Deviation($"{server} {resource} {use}", organization => organization.Pressure(server, use, resource)),
        from server in Servers
        from source in Gen.Elements(
            "MSExchangeTransport", "MSExchangeFrontEndTransport", "MSExchange Common", "Service Control Manager", "FIPFS", "MSExchange EdgeSync", "")
        from id in Gen.Elements(17003, 1018, 4999, 7031, 5300, 10104, 12014, 15004, 17018, 0)
        from text in Gen.Elements(null, "", "MSExchangeTransport", "edgetransport SomeAgent")
        from count in Gen.Choose(0, 4)
        select new Deviation($"{server} event {source} {id} {text} {count}", organization => organization.Logged(
            server, [.. Enumerable.Repeat((source, id, (string?)text), count)])),
        from server in Servers
        from kind in Gen.Choose(0, 6)
        select new Deviation($"{server} oddity {kind}", organization => _ = kind switch
        {
            0 => organization.Tells(new ReadCertificates(server), new CertificatesFact(server, [new("", null, [], null, null, null, null, null)])),
            1 => organization.Tells(new ReadReceiveConnectors(server), new ReceiveConnectorsFact(server, [new("", null, null, [], "<S>", [], [], null)])),
            2 => organization.Tells(new ReadDisk(server), new DiskFact(server, [new VolumeReading("", 0, 0, []), new VolumeReading("C:\\", -1, 5, ["log"])])),
            3 => organization.Tells(new ReadTransportSettings(server), new TransportSettingsFact(server, null, null, null, null)),
            4 => organization.Tells(new ReadTransportAgents(server), new TransportAgentsFact(server, [new TransportAgentReading("", null, null, null)])),
            5 => organization.Tells(new ReadDatabaseCopies(server), new DatabaseCopiesFact(server, [new DatabaseCopyReading("", "", null, null)])),
            _ => organization.Tells(new ReadHealthReport(server), new HealthReportFact(server, [new HealthSetReading("", "", null, null)])),
        }),
        from read in Servers.SelectMany(server => Gen.Elements<ReadOperation>(
            new ReadBackPressure(server), new ReadEvents(server), new ReadDisk(server), new ReadCertificates(server),
            new ReadReceiveConnectors(server), new ReadTransportSettings(server), new ReadTransportAgents(server), new ReadSendConnectors()))
        from reason in Gen.Elements(Enum.GetValues<NotSeenReason>())
        select new Deviation($"{read} not seen: {reason}", organization => organization.Hides(read, reason)));

    /// <summary>What alone would bring a plan, so that the properties do not hold for want of plans.</summary>
    private static readonly Gen<Deviation> Faults =
        from server in Servers
        from component in Gen.Elements(ComponentName.HubTransport, ComponentName.FrontendTransport, ComponentName.ServerWideOffline)
        from requester in Gen.Elements(Requester.Functional, Requester.Functional, Requester.Maintenance)
        select new Deviation($"{server} {component} {requester} old", organization =>
            organization.Set(server, component, requester, TimeSpan.FromHours(14)));

    private static readonly Gen<World> Worlds =
        from fault in Faults.ListOf().Select(list => list.Take(2))
        from count in Gen.Choose(0, 4)
        from deviations in Deviations.ArrayOf(count)
        from odd in Gen.Choose(0, 2)
        from oddities in Oddities.ArrayOf(odd)
        from report in Gen.Elements(Reports)
        from server in Gen.Elements<ServerName?>(null, Ex01, Ex02, Ex03)
        select new World(report, server, [.. fault, .. deviations, .. oddities]);

    [Fact]
    public void No_plan_fights_maintenance_an_update_or_a_requester_that_no_machine_may_lift() => ForAll((world, examination, conclusion) =>
    {
        if (conclusion.Plan is not { } plan)
            return;
        var server = plan.Steps[0].Server;
        var readings = examination.Readings;
        Assert.All(plan.Steps, step => Assert.Equal(server, step.Server));
        Assert.False(MaintenanceEvidence.Of(server, readings, Now).InMaintenance);
        Assert.Empty(UpdateEvidence.Of(server, readings).Signs);
        Assert.NotEqual(ChangeClass.H, plan.Judgement.Class);
        Assert.Null(plan.Judgement.Refusal);
        Assert.Null(conclusion.Refusal);

        var resets = plan.Steps.OfType<SetComponentState>().ToList();
        Assert.True(resets.Select(reset => reset.Requester).Distinct().Count() <= 1);
        Assert.All(resets, reset =>
        {
            Assert.Equal(ComponentState.Active, reset.State);
            Assert.Contains(reset.Requester, new[] { Requester.Functional, Requester.Maintenance });
            var component = readings.Components(server)!.Find(reset.Component)!;
            Assert.All(component.Holding, entry => Assert.Contains(entry.Requester, new[] { Requester.Functional, Requester.Maintenance }));
            Assert.Contains(component.Holding, entry => entry.Requester == reset.Requester);
        });
        if (resets.Any(reset => reset.Requester == Requester.Maintenance))
        {
            Assert.Equal(ChangeClass.B, plan.Judgement.Class);
            Assert.Contains(plan.Questions, line => line.Id == "component-inactive.owner-question");
        }
    });

    [Fact]
    public void The_generated_worlds_hold_enough_plans_for_these_properties_to_mean_something()
    {
        var plans = Worlds.Sample(200).Count(world => world.Organization.Diagnose(world.Report, world.Servers).Plan is not null);

        Assert.InRange(plans, 15, 190);
    }

    [Fact]
    public void A_restart_follows_only_resets_that_leave_the_component_active_or_a_door_that_still_refuses() => ForAll((world, examination, conclusion) =>
    {
        // EdgeSync has no component; its restart follows events that an endpoint showed.
        Assert.All(conclusion.Plan?.Steps.OfType<RestartService>().Where(restart => restart.Service == WindowsService.EdgeSync) ?? [], restart =>
            Assert.NotEmpty(examination.Readings.Fact<EventsFact>(new ReadEvents(restart.Server))!.Events));
        foreach (var restart in conclusion.Plan?.Steps.OfType<RestartService>().Where(restart => restart.Service != WindowsService.EdgeSync) ?? [])
        {
            var resets = conclusion.Plan!.Steps.OfType<SetComponentState>().ToList();
            var door = examination.Readings.Fact<SmtpProbeFact>(new ReadSmtpProbe(restart.Server, SmtpDoor.Transport));
            if (resets.Count == 0 && door is { RefusesWork: true })
            {
                // The service did not follow a component that is Active already.
                Assert.Equal(ComponentState.Active, examination.Readings.Components(restart.Server)!.Find(ComponentName.HubTransport)!.State);
                continue;
            }

            var component = Assert.Single(resets, reset => WindowsService.For(reset.Component) == restart.Service).Component;
            Assert.NotNull(examination.Readings.Services(restart.Server));
            Assert.All(examination.Readings.Components(restart.Server)!.Find(component)!.Holding, entry =>
                Assert.Contains(resets, reset => reset.Component == component && reset.Requester == entry.Requester));
        }
    });

    [Fact]
    public void No_server_is_asked_more_often_than_the_budget_allows() => ForAll((world, examination, conclusion) =>
    {
        Assert.Empty(examination.Needs);
        Assert.All(world.Organization.Asked.Where(read => read is not ReadSmtpProbe).GroupBy(read => read.Server), reads =>
            Assert.InRange(reads.Count(), 1, Examination.ReadsPerServer));
        Assert.Equal(world.Organization.Asked.Distinct().Count(), world.Organization.Asked.Count);
    });

    [Fact]
    public void What_people_paste_never_brings_a_plan_and_never_makes_one_larger() => ForAll((world, examination, conclusion) =>
    {
        // The same endpoints, and on top of them a person who claims that all is well, or that all is bad.
        foreach (var claims in new[] { new Organization(), world.Organization })
        {
            var pasted = Organization.Begin(world.Report, world.Servers);
            for (var round = 0; round < 10 && pasted.Needs is { Count: > 0 } needs; round++)
            {
                foreach (var read in needs)
                {
                    var claim = (claims.Answer(read) as Seen) is { } seen ? seen with { Origin = Alice } : null;
                    if (claim is not null)
                        pasted.Accept(claim);
                    pasted.Accept(world.Organization.Answer(read));
                    if (claim is not null)
                        pasted.Accept(claim);
                }
            }

            var steps = pasted.Conclude(Now).Plan?.Steps;
            Assert.True(steps is null || steps.SequenceEqual(conclusion.Plan?.Steps ?? []), "a pasted answer changed the plan");
        }
    });

    [Fact]
    public void Nothing_rests_on_pasted_answers_alone() => ForAll((world, examination, conclusion) =>
    {
        var pasted = Organization.Begin(world.Report, world.Servers);
        pasted.Accept(SeenAt(new ReadInventory(), World.Inventory));
        foreach (var server in Names)
        {
            pasted.Accept(SeenAt(new ReadComponentStates(server), world.Organization.States(server), OriginKind.Person, "alice"));
            pasted.Accept(new NotSeen(new ReadServices(server), NotSeenReason.NoEndpoint, "", Now));
        }

        Assert.Null(pasted.Conclude(Now).Plan);
    });

    [Fact]
    public void Every_line_of_every_conclusion_can_be_said_in_both_languages() => ForAll((world, examination, conclusion) =>
    {
        foreach (var line in Lines(conclusion))
        {
            Assert.NotEmpty(SkillTexts.Format("en", line));
            Assert.NotEmpty(SkillTexts.Format("ja", line));
        }

        Assert.All(conclusion.Findings, finding => Assert.InRange(finding.Confidence, 0, 1));
        Assert.True(conclusion.Findings.Count > 0 || conclusion.Ask is not null || conclusion.Runbook.Count > 0, "a conclusion that says nothing");
        Assert.False(conclusion.Plan is not null && conclusion.Findings.Count == 0, "a plan without a finding");
    });

    [Fact]
    public void Concluding_early_is_safe_at_every_moment() => ForAll((world, examination, conclusion) =>
    {
        var early = Organization.Begin(world.Report, world.Servers);
        for (var round = 0; round < 10 && early.Needs is { Count: > 0 } needs; round++)
        {
            foreach (var read in needs)
            {
                if (early.Conclude(Now).Plan is { } plan)
                    Assert.Null(plan.Judgement.Refusal);
                early.Accept(world.Organization.Answer(read));
            }
        }

        Assert.Equal(conclusion.Plan?.Steps ?? [], early.Conclude(Now).Plan?.Steps ?? []);
    });

    private static IEnumerable<Line> Lines(Conclusion conclusion) => conclusion.Findings
        .SelectMany(finding => finding.Evidence.Concat(finding.Against).Concat(finding.NotSeen)
            .Select(evidence => evidence.Text)
            .Prepend(finding.Headline))
        .Concat(conclusion.Runbook)
        .Concat(conclusion.Ask is { } ask ? [ask] : [])
        .Concat(conclusion.Plan is { } plan ? [.. plan.Guided, .. plan.Questions, plan.Effect, plan.Risk] : []);

    private static void ForAll(Action<World, Examination, Conclusion> holds) =>
        Prop.ForAll(Arb.From(Worlds), world =>
        {
            var examination = Begin(world.Report, world.Servers);
            world.Organization.Pump(examination);
            holds(world, examination, examination.Conclude(Now));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <param name="Text">Shown when a property fails.</param>
    private sealed record Deviation(string Text, Action<Organization> Apply)
    {
        public override string ToString() => Text;
    }

    /// <summary>A report and all that deviates, with the organisation that follows.</summary>
    private sealed class World
    {
        private readonly Deviation[] _deviations;

        public World(string report, ServerName? server, Deviation[] deviations)
        {
            Report = report;
            Servers = server is { } named ? [named] : [];
            _deviations = deviations;
            foreach (var deviation in deviations)
                deviation.Apply(Organization);
        }

        public string Report { get; }

        public ServerName[] Servers { get; }

        public Organization Organization { get; } = new();

        public static InventoryFact Inventory => (InventoryFact)((Seen)new Organization().Answer(new ReadInventory())).Fact;

        public override string ToString() => $"'{Report}' [{string.Join(", ", Servers)}] {string.Join(" | ", _deviations.AsEnumerable())}";
    }
}
