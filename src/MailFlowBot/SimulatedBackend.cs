using MailFlowBot.Conversing;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Settings;

namespace MailFlowBot;

/// <summary>
/// The simulated organisation with an execution agent in this process. A drill begins with an agent that remembers nothing: the world it
/// would remember is gone. A freeze alone outlives it.
/// </summary>
internal sealed class SimulatedBackend : Backend
{
    private readonly SimulatedOrganization _organization;
    private readonly SimulatedEndpoints _endpoints;
    private readonly AgentPolicy _policy;
    private readonly TrustedKeys _keys;
    private readonly ApprovalKey _agentKey = ApprovalKey.Create();
    private readonly JumpingTime _time = new();
    private readonly Lock _change = new();
    private (ExecutionAgent Agent, Journal Journal) _current;
    private int _planWasShown;

    private SimulatedBackend(BotSettings settings, ApprovalKey signingKey)
    {
        _organization = new SimulatedOrganization(_time, Remote.Simulation.Drills.Default);
        _endpoints = new SimulatedEndpoints(_organization);
        _keys = new TrustedKeys(signingKey.Public);
        var approvers = settings.Access.Approvers.Select(person => new PersonId(person.ObjectId, person.Tenant)).ToList();
        _policy = SimulatedPolicy.For(new OrganizationId(settings.OrganizationId), _organization.EveryServer, signingKey.Id) with
        {
            ApproversA = [.. approvers],
            ApproversB = [.. approvers],
            ExpiryMinutes = (int)settings.ApprovalExpiry.TotalMinutes,
        };
        _current = NewAgent();
        Drills = new DrillBook(
            [.. Remote.Simulation.Drills.All.Select(drill => drill.Name)], StartAsync, name => Remote.Simulation.Drills.Named(name)?.Server);
    }

    public override TimeProvider Time => _time;

    public override DrillBook Drills { get; }

    public SimulatedOrganization Organization => _organization;

    public override IExchangeReader Reader => _endpoints.Reader;

    public override ExecutionAgent Agent => _current.Agent;

    /// <summary>Commands sent to the organisation's endpoints since it began; SMTP probes are not among them.</summary>
    public int Calls => _endpoints.Calls;

    public static SimulatedBackend Open(BotSettings settings, ApprovalKey signingKey) => new(settings, signingKey);

    /// <summary>A drill may let something happen behind the back of the first plan.</summary>
    public override void PlanShown()
    {
        // Once: the plan that follows a drift must stand on what is so then.
        if (Interlocked.Exchange(ref _planWasShown, 1) == 0)
            _organization.Drill.AfterPlanShown(_organization);
    }

    public override async ValueTask DisposeAsync()
    {
        Agent.Dispose();
        _current.Journal.Dispose();
        _agentKey.Dispose();
        await _endpoints.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Puts the organisation into the starting state of a drill.</summary>
    private async Task StartAsync(string drill, CancellationToken cancellationToken)
    {
        // Nothing that was approved for the world before may reach the new one.
        var last = _current.Agent;
        var former = last.Status.Freeze;
        last.FreezeOnHost("a drill begins", stop: true);
        lock (_change)
        {
            _organization.Start(Remote.Simulation.Drills.Named(drill) ?? throw new ArgumentException($"There is no drill '{drill}'.", nameof(drill)));
            _current = NewAgent();
            _planWasShown = 0;
        }

        if (former is { By: { } by })
            await Agent.FreezeAsync(by, former.Reason, cancellationToken).ConfigureAwait(false);
    }

    private (ExecutionAgent, Journal) NewAgent()
    {
        var journal = Journal.InMemory();
        return (new ExecutionAgent(
            new AgentName("simulated"), Reader, _endpoints.Send, _policy, _keys, journal, _agentKey, Time, TimeProvider.System), journal);
    }
}
