namespace MailFlowBot.Remote.Agent;

/// <summary>Where a proposal becomes a plan that can be approved: at the agent in this process, or over the link at another one.</summary>
public interface IPlanRegistry
{
    Task<Registration> RegisterAsync(PlanProposal proposal, CancellationToken cancellationToken);
}
