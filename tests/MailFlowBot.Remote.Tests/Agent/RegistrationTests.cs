using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

public sealed class RegistrationTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Registers_on_its_own_readings_with_nonce_expiry_and_epoch()
    {
        var registered = Assert.IsType<Registered>(await _stage.ProposeAsync(Stage.Reset, Stage.Restart));

        Assert.Equal(ChangeClass.A, registered.Plan.Class);
        Assert.Equal(Plans.Now.AddMinutes(15), registered.Plan.Expiry);
        Assert.Equal(_stage.Agent.Status.Epoch, registered.Plan.Epoch);
        Assert.Equal([SimulatedPolicy.Alice], registered.Plan.Requesters);
        Assert.All(registered.Plan.Preconditions, condition => Assert.True(condition.Holds(registered.Readings)));
        Assert.Contains(registered.Plan.Preconditions, condition => condition.Path == "HubTransport/entries");
        Assert.Contains(registered.Plan.Preconditions, condition => condition.Path == "MSExchangeTransport/status");
        Assert.Empty(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task Two_registrations_of_the_same_proposal_are_two_plans() =>
        Assert.NotEqual((await _stage.PlanAsync()).Digest, (await _stage.PlanAsync()).Digest);

    [Fact]
    public async Task Evidence_that_cannot_be_read_takes_a_second_approver()
    {
        _stage.Exchange.Hidden[new ReadInstallState(StandIn.Ex03)] = NotSeenReason.NoEndpoint;

        var registered = Assert.IsType<Registered>(await _stage.ProposeAsync(Stage.Reset));

        Assert.Equal(ChangeClass.B, registered.Plan.Class);
        Assert.IsType<PlanHeld>((await _stage.RunAsync(registered.Plan))[^1]);
    }

    public static TheoryData<string, Action<StandIn>, ChangeOperation[], ChangeRefusal> Refusals => new()
    {
        {
            "maintenance policy", exchange => exchange.Put(
                new ReadMailboxServer(StandIn.Ex03), new MailboxServerFact(StandIn.Ex03, null, "Blocked", false)),
            [Stage.Reset], ChangeRefusal.Maintenance
        },
        {
            "a running setup", exchange => exchange.Put(
                new ReadInstallState(StandIn.Ex03), new InstallStateFact(StandIn.Ex03, true, false, false, null)),
            [Stage.Reset], ChangeRefusal.InterruptedUpdate
        },
        {
            "another requester than the one read", _ => { },
            [new SetComponentState(StandIn.Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Active)],
            ChangeRefusal.NothingToDo
        },
        {
            "components not seen", exchange => exchange.Hidden[new ReadComponentStates(StandIn.Ex03)] = NotSeenReason.Unreachable,
            [Stage.Reset], ChangeRefusal.NotSeen
        },
        {
            "inventory not seen", exchange => exchange.Hidden[new ReadInventory()] = NotSeenReason.Unreachable,
            [Stage.Reset], ChangeRefusal.NotSeen
        },
        {
            "a server that the inventory lacks", exchange => exchange.Put(new ReadInventory(), new InventoryFact([])),
            [Stage.Reset], ChangeRefusal.NotSeen
        },
        {
            "a service that is never restarted", _ => { }, [new RestartService(StandIn.Ex03, WindowsService.InformationStore)],
            ChangeRefusal.OutsidePolicy
        },
        {
            "a server outside the policy", _ => { }, [new RestartService(new ServerName("EX09"), WindowsService.Transport)],
            ChangeRefusal.OutsidePolicy
        },
        {
            "two servers in one plan", _ => { }, [Stage.Restart, new RestartService(StandIn.Ex01, WindowsService.Transport)],
            ChangeRefusal.OutsidePolicy
        },
        {
            "a component taken out as a fix", _ => { },
            [new SetComponentState(StandIn.Ex03, ComponentName.FrontendTransport, Requester.Functional, ComponentState.Inactive)],
            ChangeRefusal.OutsidePolicy
        },
        { "no step at all", _ => { }, [], ChangeRefusal.OutsidePolicy },
        {
            "one component for two requesters", exchange => exchange.SetEntry(
                StandIn.Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Inactive, TimeSpan.FromHours(9)),
            [Stage.Reset, new SetComponentState(StandIn.Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Active)],
            ChangeRefusal.RequesterNotAllowed
        },
        {
            "a second server of the DAG", exchange => exchange.SetEntry(
                StandIn.Ex02, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Inactive, TimeSpan.FromHours(1)),
            [new RestartService(StandIn.Ex01, WindowsService.Transport)], ChangeRefusal.Budget
        },
        {
            "a peer that cannot be seen", exchange => exchange.Hidden[new ReadComponentStates(StandIn.Ex02)] = NotSeenReason.Unreachable,
            [new RestartService(StandIn.Ex01, WindowsService.Transport)], ChangeRefusal.Budget
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refuses_what_its_own_eyes_or_its_policy_forbid(
        string what, Action<StandIn> arrange, ChangeOperation[] steps, ChangeRefusal code)
    {
        arrange(_stage.Exchange);

        var refused = Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(steps));

        Assert.True(code == refused.Code, $"{what}: {refused.Code}, {refused.Detail}");
        Assert.NotEmpty(refused.Detail);
    }

    [Fact]
    public async Task A_server_that_the_inventory_lacks_is_asked_nothing()
    {
        _stage.Exchange.Put(new ReadInventory(), new InventoryFact([]));
        var asked = new List<ReadOperation>();
        _stage.Exchange.OnRead = asked.Add;

        await _stage.ProposeAsync(Stage.Reset);

        Assert.Equal([new ReadInventory()], asked);
    }

    [Fact]
    public async Task Refuses_a_proposal_for_another_organisation_or_of_nobody()
    {
        var proposal = new PlanProposal(Plans.Organization, new IncidentId("I"), PlanKind.Fix, [Stage.Reset], [SimulatedPolicy.Alice]);
        PlanProposal[] bad = [proposal with { Organization = new OrganizationId("real") }, proposal with { Requesters = [] }];
        foreach (var one in bad)
        {
            var refused = Assert.IsType<RegistrationRefused>(await _stage.Agent.RegisterAsync(one, CancellationToken.None));
            Assert.Equal(ChangeRefusal.OutsidePolicy, refused.Code);
        }
    }

    [Fact]
    public async Task A_server_that_is_out_itself_may_be_restarted_while_its_peer_is_out_too()
    {
        foreach (var server in new[] { StandIn.Ex01, StandIn.Ex02 })
            _stage.Exchange.SetEntry(server, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive, TimeSpan.FromHours(2));

        var registration = await _stage.ProposeAsync(
            new SetComponentState(StandIn.Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active),
            new RestartService(StandIn.Ex01, WindowsService.Transport));

        Assert.Equal(ChangeClass.A, Assert.IsType<Registered>(registration).Plan.Class);
    }

    [Fact]
    public async Task The_last_active_server_takes_two() =>
        Assert.Equal(
            ChangeClass.B,
            (await _stage.PlanAsync(new RestartService(StandIn.Ex01, WindowsService.Filtering))).Class);

    [Fact]
    public async Task The_same_restart_within_half_an_hour_is_refused_and_a_later_one_is_not()
    {
        var restart = new RestartService(StandIn.Ex03, WindowsService.EdgeSync);
        await _stage.RunAsync(await _stage.PlanAsync(restart));

        _stage.People.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal(ChangeRefusal.Repeated, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(restart)).Code);
        _stage.People.Pass(TimeSpan.FromMinutes(2));
        Assert.IsType<Registered>(await _stage.ProposeAsync(restart));
    }

    [Fact]
    public async Task An_entry_that_could_not_be_set_may_be_tried_again_but_a_failed_restart_counts()
    {
        _stage.Exchange.OnSend = _ => new ChangeFailed("access denied");
        var restart = new RestartService(StandIn.Ex01, WindowsService.EdgeSync);
        await _stage.RunAsync(await _stage.PlanAsync(Stage.Reset));
        await _stage.RunAsync(await _stage.PlanAsync(restart));

        Assert.IsType<Registered>(await _stage.ProposeAsync(Stage.Reset));
        Assert.Equal(ChangeRefusal.Repeated, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(restart)).Code);
    }

    [Fact]
    public async Task The_fourth_of_the_same_within_a_week_is_refused()
    {
        var restart = new RestartService(StandIn.Ex03, WindowsService.EdgeSync);
        for (var i = 0; i < 3; i++)
        {
            await _stage.RunAsync(await _stage.PlanAsync(restart));
            _stage.People.Pass(TimeSpan.FromDays(1));
        }

        Assert.Equal(ChangeRefusal.Repeated, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(restart)).Code);
        _stage.People.Pass(TimeSpan.FromDays(4.1));
        Assert.IsType<Registered>(await _stage.ProposeAsync(restart));
    }

    [Fact]
    public async Task After_two_fixes_without_effect_there_is_no_third()
    {
        _stage.Exchange.OnSend = _ => new ChangeCompleted();
        foreach (var service in new[] { WindowsService.Submission, WindowsService.Delivery })
        {
            _stage.Exchange.SetService(StandIn.Ex03, service, ServiceStatus.Stopped);
            Assert.IsType<PlanHadNoEffect>((await _stage.RunAsync(await _stage.PlanAsync(new StartService(StandIn.Ex03, service))))[^1]);
        }

        var refused = Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(Stage.Reset));

        Assert.Equal(ChangeRefusal.Repeated, refused.Code);
        Assert.Contains("2 fixes on EX03 without effect", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_plans_for_the_same_change_approved_together_change_it_once()
    {
        var restart = new RestartService(StandIn.Ex03, WindowsService.EdgeSync);
        var first = await _stage.PlanAsync(restart);
        var second = await _stage.PlanAsync(restart);

        await _stage.RunAsync(first);
        var refused = Assert.IsType<GuardRefused>(Assert.Single(await _stage.RunAsync(second)));

        Assert.Equal(ChangeRefusal.Repeated, refused.Guard.Refusal);
        Assert.Single(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task More_changes_than_the_policy_allows_in_an_hour_are_refused()
    {
        using var stage = new Stage(policy: policy => policy with { ChangesPerHour = 2 });
        await stage.RunAsync(await stage.PlanAsync());

        var edge = new RestartService(StandIn.Ex03, WindowsService.EdgeSync);
        Assert.Equal(ChangeRefusal.RateExceeded, Assert.IsType<RegistrationRefused>(await stage.ProposeAsync(edge)).Code);
        stage.People.Pass(TimeSpan.FromMinutes(61));
        Assert.IsType<Registered>(await stage.ProposeAsync(edge));
    }

    [Fact]
    public async Task The_inverse_of_what_was_never_executed_is_refused()
    {
        var inverse = new SetComponentState(StandIn.Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive);
        Assert.Equal(
            ChangeRefusal.NotExecuted, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(PlanKind.Inverse, [inverse])).Code);
    }

    [Fact]
    public async Task Two_peers_are_never_restarted_at_the_same_time()
    {
        var first = await _stage.PlanAsync(new RestartService(StandIn.Ex01, WindowsService.Transport));
        var second = await _stage.PlanAsync(new RestartService(StandIn.Ex02, WindowsService.Transport));
        List<ExecutionReport> inner = [];
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.OnSend = _ => null;
            inner = _stage.RunAsync(second).GetAwaiter().GetResult();
            _stage.Exchange.CarryOut(change);
            return new ChangeCompleted();
        };

        var outer = await _stage.RunAsync(first);

        Assert.Equal(ChangeRefusal.Budget, Assert.IsType<GuardRefused>(Assert.Single(inner)).Guard.Refusal);
        Assert.IsType<PlanHeld>(outer[^1]);
        Assert.Single(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task Foreign_text_that_cannot_be_written_down_cannot_be_approved()
    {
        _stage.Exchange.Put(new ReadMailboxServer(StandIn.Ex03), new MailboxServerFact(StandIn.Ex03, null, "Unrestricted\ud800", false));

        Assert.Equal(ChangeRefusal.NotSeen, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(Stage.Reset)).Code);
    }

    [Fact]
    public async Task Entries_without_end_cannot_be_approved()
    {
        for (var i = 0; i < 200; i++)
            _stage.Exchange.SetEntry(StandIn.Ex03, ComponentName.HubTransport, new Requester($"Requester{i}"), ComponentState.Active, TimeSpan.Zero);

        var refused = Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(Stage.Reset));

        Assert.Contains("TooLarge", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_that_wait_for_a_decision_are_not_without_number()
    {
        var reset = new RestartService(StandIn.Ex03, WindowsService.EdgeSync);
        for (var i = 0; i < new AgentLimits().OpenPlans; i++)
            Assert.IsType<Registered>(await _stage.ProposeAsync(reset));

        Assert.Equal(ChangeRefusal.RateExceeded, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(reset)).Code);
        _stage.People.Pass(TimeSpan.FromMinutes(16));
        Assert.IsType<Registered>(await _stage.ProposeAsync(reset));
    }

    [Fact]
    public async Task A_read_that_is_never_answered_is_not_seen_after_the_patience()
    {
        var limits = new AgentLimits();
        var read = new ReadComponentStates(StandIn.Ex03);
        _stage.Exchange.Hangs = operation => operation == read;
        _stage.People.FiresFrom = limits.ReadPatience;

        var readings = await new LiveReadings(_stage.Exchange, limits, _stage.People)
            .TakeAsync(Readings.Empty, [read], CancellationToken.None);

        Assert.Equal(NotSeenReason.TimedOut, Assert.IsType<NotSeen>(readings.For(read)).Reason);
    }

    [Fact]
    public async Task An_unlimited_organisation_is_read_within_limits()
    {
        var servers = Enumerable.Range(1, 500)
            .Select(n => new ExchangeServer(new ServerName($"EX{n:00}"), "Version 15.2 (Build 1544.4)", ["Mailbox"], "HQ", "DAG1"))
            .ToList();
        _stage.Exchange.Put(new ReadInventory(), new InventoryFact(servers));
        var reads = 0;
        _stage.Exchange.OnRead = _ => Interlocked.Increment(ref reads);

        await _stage.ProposeAsync(new RestartService(StandIn.Ex01, WindowsService.Transport));

        Assert.InRange(reads, 2, new AgentLimits().ReadsPerPlan);
    }
}
