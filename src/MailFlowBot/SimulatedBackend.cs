using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Settings;

namespace MailFlowBot;

/// <summary>
/// The simulated organisation with an execution agent in this process. A drill begins with an agent that remembers nothing: the world it
/// would remember is gone. A freeze alone outlives it.
/// </summary>
internal sealed class SimulatedBackend : IPlanRegistry, IExchangeExecutor, IAsyncDisposable
{
    private readonly SimulatedOrganization _organization;
    private readonly SimulatedEndpoints _endpoints;
    private readonly AgentPolicy _policy;
    private readonly TrustedKeys _keys;
    private readonly ApprovalKey _agentKey = ApprovalKey.Create();
    private readonly Lock _change = new();
    private (ExecutionAgent Agent, Journal Journal) _current;
    private int _planWasShown;

    private SimulatedBackend(BotSettings settings, ApprovalKey signingKey)
    {
        Time = new JumpingTime();
        _organization = new SimulatedOrganization(Time, Drills.Default);
        _endpoints = new SimulatedEndpoints(_organization);
        _keys = new TrustedKeys(signingKey.Public);
        var approvers = settings.Access.Approvers.Select(person => new PersonId(person.ObjectId, person.Tenant)).ToList();
        _policy = SimulatedPolicy.For(new OrganizationId(settings.OrganizationId), _organization.Servers, signingKey.Id) with
        {
            ApproversA = [.. approvers],
            ApproversB = [.. approvers],
            ExpiryMinutes = (int)settings.ApprovalExpiry.TotalMinutes,
        };
        _current = NewAgent();
    }

    public JumpingTime Time { get; }

    public SimulatedOrganization Organization => _organization;

    public IExchangeReader Reader => _endpoints.Reader;

    public ExecutionAgent Agent => _current.Agent;

    public static SimulatedBackend Open(BotSettings settings, ApprovalKey signingKey) => new(settings, signingKey);

    /// <summary>Puts the organisation into the starting state of a drill.</summary>
    public async Task StartAsync(string drill, CancellationToken cancellationToken)
    {
        // Nothing that was approved for the world before may reach the new one.
        var last = _current.Agent;
        var former = last.Status.Freeze;
        last.FreezeOnHost("a drill begins", stop: true);
        lock (_change)
        {
            _organization.Start(Drills.Named(drill) ?? throw new ArgumentException($"There is no drill '{drill}'.", nameof(drill)));
            _current = NewAgent();
            _planWasShown = 0;
        }

        if (former is { By: { } by })
            await Agent.FreezeAsync(by, former.Reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A plan stands on a card now; a drill may let something happen behind its back.</summary>
    public void PlanShown()
    {
        // Once: the plan that follows a drift must stand on what is so then.
        if (Interlocked.Exchange(ref _planWasShown, 1) == 0)
            _organization.Drill.AfterPlanShown(_organization);
    }

    public Task<Registration> RegisterAsync(PlanProposal proposal, CancellationToken cancellationToken) =>
        Agent.RegisterAsync(proposal, cancellationToken);

    public IAsyncEnumerable<ExecutionReport> ExecuteAsync(ApprovalGrant grant, ExecutionPlan plan, CancellationToken cancellationToken) =>
        Agent.ExecuteAsync(grant, plan, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Agent.Dispose();
        _current.Journal.Dispose();
        _agentKey.Dispose();
        await _endpoints.DisposeAsync().ConfigureAwait(false);
    }

    private (ExecutionAgent, Journal) NewAgent()
    {
        var journal = Journal.InMemory();
        return (new ExecutionAgent(
            new AgentName("simulated"), Reader, _endpoints.Send, _policy, _keys, journal, _agentKey, Time, TimeProvider.System), journal);
    }
}
