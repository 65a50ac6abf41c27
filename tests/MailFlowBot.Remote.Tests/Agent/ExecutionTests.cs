using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Agent;

public sealed class ExecutionTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Carries_out_verifies_and_looks_again_after_a_quarter_of_an_hour()
    {
        var plan = await _stage.PlanAsync();

        var reports = await _stage.RunAsync(plan);

        Assert.Equal(
            ["StepStarted", "StepFinished", "StepStarted", "StepFinished", "PlanVerified", "PlanHeld"],
            reports.Select(report => report.GetType().Name));
        Assert.Equal([Stage.Reset, Stage.Restart], _stage.Exchange.Sent);
        Assert.Equal(TimeSpan.FromMinutes(15), reports[5].At - reports[4].At);
        var state = ((PlanVerified)reports[4]).Conditions.Single(reading => reading.Condition.Path == "HubTransport/state");
        Assert.Equal(("Inactive", "Active", true), (state.Before, state.Now, state.Holds));
    }

    [Fact]
    public async Task A_grant_works_once()
    {
        var plan = await _stage.PlanAsync();
        await _stage.RunAsync(plan);

        var again = await _stage.RunAsync(plan);

        Assert.Equal(GrantRefusal.NonceSpent, Assert.IsType<GrantRefused>(Assert.Single(again)).Code);
        Assert.Equal(2, _stage.Exchange.Sent.Count);
    }

    [Fact]
    public async Task A_hundred_at_once_make_one_execution()
    {
        var plan = await _stage.PlanAsync();
        var grant = _stage.Grant(plan);

        var runs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _stage.RunAsync(plan, grant))));

        var executed = Assert.Single(runs, run => run.Count > 1);
        Assert.IsType<PlanHeld>(executed[^1]);
        Assert.Equal(99, runs.Count(run => run is [GrantRefused { Code: GrantRefusal.NonceSpent }]));
        Assert.Equal(2, _stage.Exchange.Sent.Count);
    }

    [Fact]
    public async Task Shows_what_drifted_between_card_and_click_and_sends_nothing()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.SetEntry(StandIn.Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Inactive, TimeSpan.Zero);

        var drifted = Assert.IsType<Drifted>(Assert.Single(await _stage.RunAsync(plan)));

        var entries = drifted.Differences.Single(drift => drift.Condition.Path == "HubTransport/entries");
        Assert.DoesNotContain("Maintenance", entries.Was, StringComparison.Ordinal);
        Assert.Contains("Maintenance=Inactive", entries.Now, StringComparison.Ordinal);
        Assert.Empty(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task What_cannot_be_read_any_more_counts_as_drift_and_names_the_missing_right()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.Hidden[new ReadMailboxServer(StandIn.Ex03)] = NotSeenReason.MissingRight;

        var drifted = Assert.IsType<Drifted>(Assert.Single(await _stage.RunAsync(plan)));

        Assert.All(drifted.Differences, drift => Assert.Contains("MissingRight: Get-Something", drift.NotSeen, StringComparison.Ordinal));
        Assert.Empty(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_guard_on_moving_values_refuses_although_no_precondition_moved()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.SetQueue(StandIn.Ex03, StandIn.Ex01, 9000);

        var refused = Assert.IsType<GuardRefused>(Assert.Single(await _stage.RunAsync(plan)));

        Assert.Equal(("submission-queue", GuardEffect.RaisesToB), (refused.Guard.Guard, refused.Guard.Effect));
        Assert.Empty(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_guard_that_cannot_be_read_refuses_and_says_so()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.Hidden[new ReadQueues(StandIn.Ex03)] = NotSeenReason.MissingRight;

        var refused = Assert.IsType<GuardRefused>(Assert.Single(await _stage.RunAsync(plan)));

        Assert.Equal(("submission-queue", ChangeRefusal.NotSeen), (refused.Guard.Guard, refused.Guard.Refusal));
    }

    [Fact]
    public async Task Maintenance_that_begins_between_two_steps_stops_the_second()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            _stage.Exchange.Put(new ReadMailboxServer(StandIn.Ex03), new MailboxServerFact(StandIn.Ex03, null, "Blocked", true));
            return new ChangeCompleted();
        };

        var reports = await _stage.RunAsync(plan);

        Assert.Contains(Assert.IsType<Drifted>(reports[^1]).Differences, drift => drift is { Condition.Path: "activationPolicy", Now: "Blocked" });
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_guard_that_fails_between_two_steps_stops_the_second()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            // The build of setup is in no precondition: only the guard looks at it.
            _stage.Exchange.Put(new ReadInstallState(StandIn.Ex03), new InstallStateFact(StandIn.Ex03, false, false, false, "15.02.1748.010"));
            return new ChangeCompleted();
        };

        var reports = await _stage.RunAsync(plan);

        var guard = Assert.IsType<GuardRefused>(reports[^1]).Guard;
        Assert.Equal(("update", ChangeRefusal.InterruptedUpdate), (guard.Guard, guard.Refusal));
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_change_that_is_never_answered_is_read_back_after_the_patience()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.Hangs = operation => operation is SetComponentState;
        _stage.People.FiresFrom = new AgentLimits().SendPatience;

        var reports = await _stage.RunAsync(plan);

        Assert.Equal(0, Assert.Single(reports.OfType<OutcomeUnknown>()).Index);
        Assert.IsType<PlanHeld>(reports[^1]);
        Assert.Equal([Stage.Reset, Stage.Restart], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_plan_that_expires_while_it_waits_for_its_turn_is_not_carried_out()
    {
        var first = await _stage.PlanAsync(Stage.Reset);
        var second = await _stage.PlanAsync(new RestartService(StandIn.Ex03, WindowsService.EdgeSync));
        Task<List<ExecutionReport>>? waiting = null;
        _stage.Exchange.OnSend = _ =>
        {
            // Begins at once, then stands in line behind this one.
            waiting ??= _stage.RunAsync(second);
            _stage.People.Pass(TimeSpan.FromMinutes(16));
            return null;
        };

        Assert.IsType<PlanHeld>((await _stage.RunAsync(first))[^1]);

        Assert.Contains("expired", Assert.IsType<Aborted>(Assert.Single(await waiting!)).Detail, StringComparison.Ordinal);
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_lost_connection_is_read_back_and_never_sent_twice()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = change =>
        {
            _stage.Exchange.CarryOut(change);
            return change is SetComponentState ? new ChangeLost("connection reset") : null;
        };

        var reports = await _stage.RunAsync(plan);

        Assert.Equal(0, Assert.Single(reports.OfType<OutcomeUnknown>()).Index);
        Assert.IsType<PlanHeld>(reports[^1]);
        Assert.Equal([Stage.Reset, Stage.Restart], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_lost_change_that_did_not_arrive_had_no_effect_and_is_not_repeated()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ => new ChangeLost("connection reset");

        var reports = await _stage.RunAsync(plan);

        Assert.Contains(reports, report => report is OutcomeUnknown);
        Assert.Contains(Assert.IsType<PlanHadNoEffect>(reports[^1]).Unmet, reading => reading.Condition.Path == "HubTransport/state");
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_sender_that_breaks_leaves_the_outcome_unknown()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ => throw new InvalidOperationException("out of order");

        var reports = await _stage.RunAsync(plan);

        Assert.Contains("out of order", Assert.Single(reports.OfType<OutcomeUnknown>()).Detail, StringComparison.Ordinal);
        Assert.IsType<PlanHadNoEffect>(reports[^1]);
    }
}
