using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Carries out approved plans. There is no other way to a change, and none without a grant.</summary>
public interface IExchangeExecutor
{
    /// <summary>
    /// Carries the plan out at most once and tells what happens as it happens. Cancelling, or leaving the enumeration, stops before the
    /// next step; a step that was sent is still read back as far as possible.
    /// </summary>
    IAsyncEnumerable<ExecutionReport> ExecuteAsync(ApprovalGrant grant, ExecutionPlan plan, CancellationToken cancellationToken);
}
