using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

public class DrillsTests
{
    private readonly JumpingTime _time = new(new FixedTime(FixedTime.Noon));

    public static TheoryData<string> Names => [.. Drills.All.Select(drill => drill.Name)];

    private static Readings ReadAll(SimulatedOrganization organization, DateTimeOffset at)
    {
        var facts = organization.Servers.SelectMany(server => new (ReadOperation, Fact?)[]
        {
            (new ReadComponentStates(server), organization.HasExchangeEndpoint(server) ? organization.Components(server) : null),
            (new ReadServices(server), organization.HasWindowsEndpoint(server) ? organization.Services(server) : null),
            (new ReadQueues(server), organization.HasExchangeEndpoint(server) ? organization.Queues(server) : null),
            (new ReadMailboxServer(server), organization.MailboxServer(server)),
            (new ReadClusterNode(server), organization.HasWindowsEndpoint(server) ? organization.ClusterNode(server) : null),
            (new ReadInstallState(server), organization.HasWindowsEndpoint(server) ? organization.InstallState(server) : null),
            (new ReadBackPressure(server), organization.HasExchangeEndpoint(server) ? organization.BackPressure(server)?.Fact : null),
            (new ReadEvents(server), organization.HasWindowsEndpoint(server) ? organization.Events(server) : null),
            (new ReadDisk(server), new DiskFact(server, organization.Configured(server, found => found.Volumes.ToArray()))),
            (new ReadRecoveryActions(server), new RecoveryActionsFact(server, organization.Configured(server, found => found.RecoveryActions.ToArray()))),
        }).Append((new ReadInventory(), new InventoryFact(
        [
            .. organization.Profiles.Select(profile =>
                new ExchangeServer(profile.Name, profile.Version, profile.Roles, profile.Site, profile.Dag)),
        ])));
        return facts.Where(pair => pair.Item2 is not null).Aggregate(Readings.Empty, (readings, pair) => readings.With(
            new Seen(pair.Item1, pair.Item2!, new Origin(OriginKind.Endpoint, "test"), at, TimeSpan.Zero)));
    }

    [Fact]
    public void The_contract_names_these_drills() =>
        Assert.Subset(Drills.All.Select(drill => drill.Name).ToHashSet(), new HashSet<string>
        {
            "healthy", "transport-inactive", "dag-peer", "two-requesters", "maintenance", "draining-window", "forgotten-last-line",
            "setup-leftover", "su-interrupted", "transport-stopped", "two-stores", "wrong-backend", "no-windows-endpoint", "drift", "agent-lost",
        });

    [Fact]
    public void Starts_with_transport_inactive_and_finds_drills_without_case()
    {
        Assert.Equal("transport-inactive", Drills.Default.Name);
        Assert.Same(Drills.Default, Drills.Named("Transport-Inactive"));
        Assert.Null(Drills.Named("no-such"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_guards_of_the_catalogue_judge_the_expected_steps_as_the_drill_says(string name)
    {
        var drill = Drills.Named(name)!;
        var now = _time.GetUtcNow();
        var readings = ReadAll(new SimulatedOrganization(_time, drill), now);

        if (drill.Expected.PlanClass is { } expected)
        {
            var judgement = Judgement.OfPlan(drill.Expected.Steps, readings, now);
            Assert.Null(judgement.Refusal);
            Assert.Equal(expected, judgement.Class);
        }
        else if (drill.Server is { } server)
        {
            var reset = new SetComponentState(server, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Active);
            Assert.NotNull(reset.Judge(readings, now).Refusal);
        }
    }

    [Theory]
    [InlineData("transport-inactive", "EX03", "HubTransport", "Functional", 2)]
    [InlineData("dag-peer", "EX01", "HubTransport", "Functional", 2)]
    [InlineData("two-requesters", "EX03", "HubTransport", "Functional", 9)]
    [InlineData("two-requesters", "EX03", "HubTransport", "Maintenance", 9)]
    [InlineData("forgotten-last-line", "EX02", "HubTransport", "Maintenance", 14)]
    [InlineData("setup-leftover", "EX01", "ServerWideOffline", "Functional", 3)]
    [InlineData("setup-leftover", "EX01", "Monitoring", "Functional", 3)]
    [InlineData("setup-leftover", "EX01", "RecoveryActionsEnabled", "Functional", 3)]
    public void Entries_have_the_requester_and_age_of_the_contract(string drill, string server, string component, string requester, int hours)
    {
        var organization = new SimulatedOrganization(_time, Drills.Named(drill)!);

        var entry = Assert.Single(
            organization.Components(new ServerName(server)).Find(new ComponentName(component))!.Holding,
            held => held.Requester == new Requester(requester));

        Assert.Equal(ComponentState.Inactive, entry.State);
        Assert.Equal(FixedTime.Noon.AddHours(-hours), entry.At);
    }

    [Fact]
    public void Maintenance_is_the_whole_procedure_of_a_dag_member()
    {
        var organization = new SimulatedOrganization(_time, Drills.Named("maintenance")!);
        var evidence = MaintenanceEvidence.Of(new ServerName("EX02"), ReadAll(organization, _time.GetUtcNow()), _time.GetUtcNow());

        Assert.Superset(
            new HashSet<MaintenanceSign>
            {
                MaintenanceSign.PolicyBlocked, MaintenanceSign.MoveNow, MaintenanceSign.ClusterNodePaused,
                MaintenanceSign.ServerWideOffline, MaintenanceSign.Draining, MaintenanceSign.YoungEntry,
            },
            evidence.Sightings.Select(sighting => sighting.Sign).ToHashSet());
        Assert.True(organization.TakesMail(new ServerName("EX01")));
    }

    [Fact]
    public void Drift_hands_the_component_from_functional_to_maintenance_behind_the_card()
    {
        var drill = Drills.Named("drift")!;
        var organization = new SimulatedOrganization(_time, drill);
        var ex03 = new ServerName("EX03");
        var before = organization.Components(ex03).Value("HubTransport/entries");

        drill.AfterPlanShown(organization);

        var hub = organization.Components(ex03).Find(ComponentName.HubTransport)!;
        Assert.Equal(ComponentState.Inactive, hub.State);
        Assert.Equal(Requester.Maintenance, Assert.Single(hub.Holding).Requester);
        Assert.NotEqual(before, organization.Components(ex03).Value("HubTransport/entries"));
    }

    [Fact]
    public void Starting_another_drill_forgets_the_one_before()
    {
        var organization = new SimulatedOrganization(_time, Drills.Default);

        organization.Start(Drills.Named("healthy")!);

        Assert.True(organization.TakesMail(new ServerName("EX03")));
        Assert.Equal("healthy", organization.Drill.Name);
    }
}
