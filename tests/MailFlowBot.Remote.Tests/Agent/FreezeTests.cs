using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

public sealed class FreezeTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_frozen_agent_registers_and_executes_nothing()
    {
        var plan = await _stage.PlanAsync();

        await FreezeAsync();

        Assert.Equal(GrantRefusal.Frozen, Assert.IsType<GrantRefused>(Assert.Single(await _stage.RunAsync(plan))).Code);
        Assert.Equal(ChangeRefusal.Frozen, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(Stage.Reset)).Code);
        Assert.Equal((FreezeOrigin.Channel, "look first"), (_stage.Agent.Status.Freeze!.Origin, _stage.Agent.Status.Freeze.Reason));
        Assert.Empty(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task Two_people_lift_a_freeze_and_one_does_not()
    {
        await FreezeAsync();
        var lift = await LiftPlanAsync();

        Assert.Equal(
            GrantRefusal.QuorumMissing,
            Assert.IsType<GrantDenied>(await LiftAsync(Plans.Grant(lift, _stage.Signer, SimulatedPolicy.Bob), lift)).Code);
        Assert.NotNull(_stage.Agent.Status.Freeze);
        Assert.IsType<GrantAccepted>(await LiftAsync(_stage.Grant(lift), lift));

        Assert.Null(_stage.Agent.Status.Freeze);
        Assert.IsType<PlanHeld>((await _stage.RunAsync(await _stage.PlanAsync()))[^1]);
    }

    [Fact]
    public async Task A_lift_works_once()
    {
        await FreezeAsync();
        var lift = await LiftPlanAsync();
        await LiftAsync(_stage.Grant(lift), lift);
        await FreezeAsync();

        Assert.Equal(GrantRefusal.NonceSpent, Assert.IsType<GrantDenied>(await LiftAsync(_stage.Grant(lift), lift)).Code);
        Assert.NotNull(_stage.Agent.Status.Freeze);
    }

    [Fact]
    public async Task A_fix_does_not_lift_and_a_lift_is_not_executed()
    {
        var fix = await _stage.PlanAsync();
        await FreezeAsync();
        var lift = await LiftPlanAsync();

        Assert.Equal(GrantRefusal.StepsNotAllowed, Assert.IsType<GrantDenied>(await LiftAsync(_stage.Grant(fix), fix)).Code);
        Assert.Equal(GrantRefusal.StepsNotAllowed, Assert.IsType<GrantRefused>(Assert.Single(await _stage.RunAsync(lift))).Code);
    }

    [Fact]
    public async Task A_freeze_of_the_host_is_lifted_on_the_host_only()
    {
        await FreezeAsync();
        var lift = await LiftPlanAsync();
        _stage.Agent.FreezeOnHost("disk is being replaced", stop: false);
        await FreezeAsync();

        Assert.Equal(GrantRefusal.Frozen, Assert.IsType<GrantDenied>(await LiftAsync(_stage.Grant(lift), lift)).Code);
        Assert.Equal(ChangeRefusal.Frozen, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(PlanKind.Lift, [])).Code);
        Assert.Equal(FreezeOrigin.Host, _stage.Agent.Status.Freeze!.Origin);

        _stage.Agent.LiftOnHost();
        Assert.Null(_stage.Agent.Status.Freeze);
    }

    [Fact]
    public async Task There_is_nothing_to_lift_when_nothing_is_frozen() =>
        Assert.Equal(
            ChangeRefusal.NothingToDo, Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(PlanKind.Lift, [])).Code);

    [Fact]
    public async Task A_freeze_in_the_middle_of_a_plan_lets_no_further_step_out()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ =>
        {
            FreezeAsync().GetAwaiter().GetResult();
            return null;
        };

        var reports = await _stage.RunAsync(plan);

        Assert.Contains("look first", Assert.IsType<Aborted>(reports[^1]).Detail, StringComparison.Ordinal);
        Assert.Equal([Stage.Reset], _stage.Exchange.Sent);
    }

    [Fact]
    public async Task Stop_cancels_the_change_that_is_under_way()
    {
        var plan = await _stage.PlanAsync();
        _stage.Exchange.OnSend = _ =>
        {
            _stage.Agent.StopAsync(SimulatedPolicy.Alice, "wrong server", CancellationToken.None).GetAwaiter().GetResult();
            return new ChangeStopped();
        };

        var reports = await _stage.RunAsync(plan);

        Assert.Contains(reports, report => report is OutcomeUnknown);
        Assert.IsType<Aborted>(reports[^1]);
        Assert.Single(_stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_freeze_outlives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("mailflowbot-freeze");
        try
        {
            var file = Path.Combine(folder.FullName, "agent.journal");
            using (var before = new Stage(Journal.Open(file)))
                before.Agent.FreezeOnHost("why", stop: true);

            using var after = new Stage(Journal.Open(file));
            Assert.Equal((FreezeOrigin.Host, "why"), (after.Agent.Status.Freeze!.Origin, after.Agent.Status.Freeze.Reason));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_agents_own_key_may_not_sign_approvals()
    {
        using var key = ApprovalKey.Create();
        using var journal = Journal.InMemory();
        var policy = SimulatedPolicy.For(Plans.Organization, [StandIn.Ex03], key.Id);
        Assert.Throws<ArgumentException>(() => new ExecutionAgent(
            Plans.Reset.Agent, _stage.Exchange, _stage.Exchange.SendAsync, policy, new TrustedKeys(key.Public), journal, key, _stage.Time, _stage.People));
    }

    private Task<FreezeState> FreezeAsync() => _stage.Agent.FreezeAsync(SimulatedPolicy.Alice, "look first", CancellationToken.None);

    private Task<GrantVerdict> LiftAsync(ApprovalGrant grant, ExecutionPlan plan) =>
        _stage.Agent.LiftAsync(grant, plan, CancellationToken.None);

    private async Task<ExecutionPlan> LiftPlanAsync() => Assert.IsType<Registered>(await _stage.ProposeAsync(PlanKind.Lift, [])).Plan;
}
