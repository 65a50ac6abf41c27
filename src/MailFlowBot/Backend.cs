using MailFlowBot.Conversing;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot;

/// <summary>
/// What the bot stands on: an organisation that can be read, and the execution agent in this process. There are two, a simulated
/// organisation and a real one; behind the simulated one the agent is another with every drill.
/// </summary>
internal abstract class Backend : IPlanRegistry, IExchangeExecutor, IAsyncDisposable
{
    private protected Backend()
    {
    }

    public abstract IExchangeReader Reader { get; }

    public abstract ExecutionAgent Agent { get; }

    /// <summary>The clock of the organisation.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Null where the organisation is real.</summary>
    public virtual DrillBook? Drills => null;

    /// <summary>A plan stands on a card now.</summary>
    public virtual void PlanShown()
    {
    }

    /// <summary>What became of plans that an earlier start began; nothing is sent.</summary>
    public virtual Task<IReadOnlyList<ExecutionReport>> ResolveUnfinishedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExecutionReport>>([]);

    /// <summary>Gives back what a former process holds on the servers.</summary>
    public virtual Task TidyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Registration> RegisterAsync(PlanProposal proposal, CancellationToken cancellationToken) =>
        Agent.RegisterAsync(proposal, cancellationToken);

    public IAsyncEnumerable<ExecutionReport> ExecuteAsync(ApprovalGrant grant, ExecutionPlan plan, CancellationToken cancellationToken) =>
        Agent.ExecuteAsync(grant, plan, cancellationToken);

    public abstract ValueTask DisposeAsync();
}
