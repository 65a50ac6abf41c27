using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>What a plan that was carried out ends in.</summary>
public sealed class ExecutionEndingTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_step_without_effect_stops_the_plan_after_the_patience()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ => new ChangeCompleted();
        var began = _stage.Time.GetUtcNow();

        var reports = await _stage.RunAsync(plan);

        Assert.IsType<PlanHadNoEffect>(reports[^1]);
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
        Assert.InRange(_stage.Time.GetUtcNow() - began, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task An_effect_that_takes_a_while_is_waited_for()
    {
        var plan = await _stage.PlanAsync();
        var looks = 0;
        _stage.Exchange.OnSend = change => change is SetComponentState ? new ChangeCompleted() : null;
        _stage.Exchange.OnRead = read =>
        {
            if (read is ReadComponentStates && _stage.Exchange.Sent.Count == 1 && ++looks == 6)
                _stage.Exchange.CarryOut(Stage.Reset);
        };

        var reports = await _stage.RunAsync(plan);

        Assert.IsType<PlanHeld>(reports[^1]);
        Assert.Contains(reports, report => report is VerificationProgress);
    }

    [Fact]
    public async Task A_failed_change_stops_the_plan_with_the_endpoints_words()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ => new ChangeFailed("You may not do this.");

        var reports = await _stage.RunAsync(plan);

        Assert.Equal("You may not do this.", ((ChangeFailed)reports.OfType<StepFinished>().Single().Outcome).Detail);
        Assert.IsType<PlanHadNoEffect>(reports[^1]);
        Assert.Single(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_restart_that_failed_is_not_verified_by_a_service_that_never_stopped()
    {
        var plan = await _stage.PlanAsync(new RestartService(StandIn.Ex03, WindowsService.EdgeSync));
        _stage.Exchange.OnSend = _ => new ChangeFailed("The service cannot be stopped.");

        var reports = await _stage.RunAsync(plan);

        Assert.IsType<PlanHadNoEffect>(reports[^1]);
        Assert.DoesNotContain(reports, report => report is PlanVerified);
    }

    [Fact]
    public async Task Worse_is_said_with_the_inverse_which_two_people_can_approve()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            if (change is RestartService)
                _stage.Exchange.SetService(StandIn.Ex03, WindowsService.FrontEndTransport, ServiceStatus.Stopped);
            return new ChangeCompleted();
        };

        var worse = Assert.IsType<PlanMadeWorse>((await _stage.RunAsync(plan))[^1]);

        Assert.Equal(("MSExchangeFrontEndTransport/status", "Running", "Stopped"), worse.Differences.Select(d => (d.Path, d.Before, d.Now)).Single());
        var inverse = Assert.Single(worse.Inverse);
        Assert.Equal(Stage.Reset, ((SetComponentState)inverse) with { State = ComponentState.Active });
        _stage.Exchange.OnSend = _ => null;
        var back = Assert.IsType<Registered>(await _stage.ProposeAsync(PlanKind.Inverse, worse.Inverse)).Plan;
        Assert.Equal(ChangeClass.B, back.Class);
        Assert.Equal(
            GrantRefusal.QuorumMissing,
            Assert.IsType<GrantRefused>(Assert.Single(await _stage.RunAsync(back, Plans.Grant(back, _stage.Signer, SimulatedPolicy.Bob)))).Code);
        // What the inverse is for, HubTransport Inactive again, is no harm.
        Assert.IsType<PlanHeld>((await _stage.RunAsync(back))[^1]);
        Assert.Equal(inverse, _stage.Exchange.Sent[^1]);
    }

    [Fact]
    public async Task An_inverse_is_bound_to_what_was_read_like_any_plan()
    {
        await _stage.RunAsync(await _stage.PlanAsync());
        var inverse = ((SetComponentState)Stage.Reset) with { State = ComponentState.Inactive };
        var plan = Assert.IsType<Registered>(await _stage.ProposeAsync(PlanKind.Inverse, [inverse])).Plan;
        _stage.Exchange.SetEntry(StandIn.Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Inactive, TimeSpan.Zero);

        var drifted = Assert.IsType<Drifted>(Assert.Single(await _stage.RunAsync(plan)));

        Assert.Contains(drifted.Differences, drift => drift.Condition.Path == "HubTransport/entries");
    }

    [Fact]
    public async Task Peers_that_hold_back_more_and_more_are_worse()
    {
        var reset = new SetComponentState(StandIn.Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);
        _stage.Exchange.SetEntry(StandIn.Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive, TimeSpan.FromHours(2));
        _stage.Exchange.SetQueue(StandIn.Ex02, StandIn.Ex01, 10);
        var plan = await _stage.PlanAsync(reset, new RestartService(StandIn.Ex01, WindowsService.Transport));
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            if (change is RestartService)
                _stage.Exchange.SetQueue(StandIn.Ex02, StandIn.Ex01, 500);
            return new ChangeCompleted();
        };

        var worse = Assert.IsType<PlanMadeWorse>((await _stage.RunAsync(plan))[^1]);

        Assert.Equal("towards/EX01", Assert.Single(worse.Differences).Path);
    }

    [Fact]
    public async Task What_does_not_hold_for_a_quarter_of_an_hour_had_no_effect()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnRead = _ =>
        {
            if (_stage.Time.GetUtcNow() - Plans.Now > TimeSpan.FromMinutes(14))
                _stage.Exchange.SetEntry(StandIn.Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive, TimeSpan.Zero);
        };

        var reports = await _stage.RunAsync(plan);

        Assert.Contains(reports, report => report is PlanVerified);
        Assert.Contains(Assert.IsType<PlanHadNoEffect>(reports[^1]).Unmet, reading => reading.Condition.Path == "HubTransport/state");
    }

    [Fact]
    public async Task Expired_plans_are_refused_by_the_agents_own_clock()
    {
        var plan = await _stage.PlanAsync();
        _stage.People.Pass(TimeSpan.FromMinutes(15));

        Assert.Equal(GrantRefusal.Expired, Assert.IsType<GrantRefused>(Assert.Single(await _stage.RunAsync(plan))).Code);
    }

    [Fact]
    public async Task Waiting_on_jumping_time_does_not_let_a_plan_expire()
    {
        var plan = await _stage.PlanAsync();
        _stage.Time.Leap(TimeSpan.FromHours(1));

        Assert.IsType<PlanHeld>((await _stage.RunAsync(plan))[^1]);
    }

    [Fact]
    public async Task Leaving_the_enumeration_stops_before_the_next_step()
    {
        var plan = await _stage.PlanAsync();
        await foreach (var report in _stage.Agent.ExecuteAsync(_stage.Grant(plan), plan, CancellationToken.None))
        {
            if (report is StepStarted)
                break;
        }

        Assert.InRange(_stage.Exchange.Sent.Count, 1, 2);
        Assert.Empty(_stage.Agent.Status.Running);
        Assert.Equal(GrantRefusal.NonceSpent, Assert.IsType<GrantRefused>((await _stage.RunAsync(plan))[0]).Code);
    }

    [Fact]
    public async Task Cancelled_in_the_middle_of_a_change_it_still_reads_back_what_became_of_it()
    {
        var plan = await _stage.PlanAsync();
        using var cancel = new CancellationTokenSource();
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        };

        var reports = await _stage.RunAsync(plan, _stage.Grant(plan), cancel.Token);

        Assert.Contains(reports, report => report is OutcomeUnknown);
        var looked = Assert.IsType<VerificationProgress>(reports[^2]).Conditions;
        Assert.Contains(looked, reading => reading is { Condition.Path: "HubTransport/state", Holds: true });
        Assert.IsType<Aborted>(reports[^1]);
        Assert.Single(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_report_that_was_changed_is_not_the_agents_any_more()
    {
        var plan = await _stage.PlanAsync();
        var verified = (await _stage.RunAsync(plan)).OfType<PlanVerified>().Single();
        using var other = ApprovalKey.Create();

        Assert.True(verified.IsSignedBy(_stage.AgentKey));
        Assert.False((verified with { Conditions = [] }).IsSignedBy(_stage.AgentKey));
        Assert.False((verified with { At = verified.At.AddTicks(1) }).IsSignedBy(_stage.AgentKey));
        Assert.False((verified with { Signature = verified.Signature! with { Agent = new AgentName("x") } }).IsSignedBy(_stage.AgentKey));
        Assert.False(verified.IsSignedBy(other.Public));
    }

    [Fact]
    public async Task Two_plans_on_one_server_run_one_after_the_other()
    {
        var first = await _stage.PlanAsync(Stage.Reset);
        var second = await _stage.PlanAsync(new RestartService(StandIn.Ex03, WindowsService.EdgeSync));
        var inside = 0;
        var together = false;
        _stage.Exchange.OnSend = change =>
        {
            together |= Interlocked.Increment(ref inside) > 1;
            _stage.Exchange.CarryOut(change);
            Interlocked.Decrement(ref inside);
            return new ChangeCompleted();
        };

        var runs = await Task.WhenAll(Task.Run(() => _stage.RunAsync(first)), Task.Run(() => _stage.RunAsync(second)));

        Assert.False(together);
        Assert.All(runs, run => Assert.IsType<PlanHeld>(run[^1]));
    }
}
