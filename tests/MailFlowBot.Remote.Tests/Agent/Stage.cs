using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>An agent with everything around it, and the people who ask and approve.</summary>
internal sealed class Stage : IDisposable
{
    public static readonly ChangeOperation Reset =
        new SetComponentState(StandIn.Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

    public static readonly ChangeOperation Restart = new RestartService(StandIn.Ex03, WindowsService.Transport);

    private readonly ApprovalKey _agentKey = ApprovalKey.Create();

    public Stage(Journal? journal = null, Func<AgentPolicy, AgentPolicy>? policy = null, Stage? after = null)
    {
        Time = after?.Time ?? new LeapingTime(Plans.Now);
        People = after?.People ?? new StandingTime(Plans.Now);
        Exchange = after?.Exchange ?? new StandIn(Time);
        Signer = after?.Signer ?? ApprovalKey.Create();
        Journal = journal ?? Journal.InMemory();
        var simulated = SimulatedPolicy.For(Plans.Organization, [StandIn.Ex01, StandIn.Ex02, StandIn.Ex03], Signer.Id);
        Policy = policy?.Invoke(simulated) ?? simulated;
        Agent = new ExecutionAgent(
            Plans.Reset.Agent, Exchange, Exchange.SendAsync, Policy, new TrustedKeys(Signer.Public), Journal, _agentKey, Time, People);
    }

    public LeapingTime Time { get; }

    public StandingTime People { get; }

    public StandIn Exchange { get; }

    public ApprovalKey Signer { get; }

    public Journal Journal { get; }

    public AgentPolicy Policy { get; }

    public ExecutionAgent Agent { get; }

    public TrustedKey AgentKey => _agentKey.Public;

    public void Dispose()
    {
        Agent.Dispose();
        Journal.Dispose();
        _agentKey.Dispose();
    }

    public Task<Registration> ProposeAsync(params IReadOnlyList<ChangeOperation> steps) => ProposeAsync(PlanKind.Fix, steps);

    public Task<Registration> ProposeAsync(PlanKind kind, IReadOnlyList<ChangeOperation> steps) => Agent.RegisterAsync(
        new PlanProposal(Plans.Organization, new IncidentId("INC-7"), kind, steps, [SimulatedPolicy.Alice]), CancellationToken.None);

    public async Task<ExecutionPlan> PlanAsync(params ChangeOperation[] steps)
    {
        var registration = await ProposeAsync(steps.Length == 0 ? [Reset, Restart] : steps);
        return Assert.IsType<Registered>(registration).Plan;
    }

    public ApprovalGrant Grant(ExecutionPlan plan) => plan.Class == ChangeClass.A
        ? Plans.Grant(plan, Signer, SimulatedPolicy.Bob)
        : Plans.Grant(plan, Signer, SimulatedPolicy.Bob, SimulatedPolicy.Carol);

    public Task<List<ExecutionReport>> RunAsync(ExecutionPlan plan) => RunAsync(plan, Grant(plan));

    public async Task<List<ExecutionReport>> RunAsync(ExecutionPlan plan, ApprovalGrant grant, CancellationToken cancellationToken = default)
    {
        var reports = new List<ExecutionReport>();
        await foreach (var report in Agent.ExecuteAsync(grant, plan, cancellationToken))
            reports.Add(report);
        Assert.All(reports, report => Assert.True(report.IsSignedBy(AgentKey), $"{report} must be signed by the agent"));
        return reports;
    }
}
