using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Checks a grant and spends its nonce in one stroke, on the disk before anything is sent: of a hundred at once, one begins.</summary>
internal sealed class PlanBeginning(AgentContext context)
{
    /// <summary>Null: the plan is begun.</summary>
    public GrantDenied? Execution(ApprovalGrant grant, ExecutionPlan plan) => plan.Kind == PlanKind.Lift
        ? new GrantDenied(GrantRefusal.StepsNotAllowed, "a freeze is lifted, not executed")
        : Spend(grant, plan, static _ => null, new PlanBegun(plan.Nonce, grant)) as GrantDenied;

    public GrantVerdict Lift(ApprovalGrant grant, ExecutionPlan plan) => plan.Kind != PlanKind.Lift
        ? new GrantDenied(GrantRefusal.StepsNotAllowed, "only a plan of kind Lift ends a freeze")
        : Spend(grant, plan, HostFreeze, new FreezeLifted(FreezeOrigin.Channel, plan.Nonce, grant));

    private static GrantDenied? HostFreeze(JournalState state) => state.Freeze?.Origin == FreezeOrigin.Host
        ? new GrantDenied(GrantRefusal.Frozen, "the freeze was set on the agent's host and is lifted only there")
        : null;

    private GrantVerdict Spend(
        ApprovalGrant grant, ExecutionPlan plan, Func<JournalState, GrantDenied?> first, JournalEntry accepted)
    {
        GrantVerdict verdict = new GrantAccepted([]);
        context.AppendIf(state =>
        {
            verdict = first(state) ?? context.Verify(grant, plan, state);
            return verdict switch
            {
                GrantAccepted => accepted,
                // Refusals are written down for plans of this journal only and not without end: nobody fills the disk with inventions.
                GrantDenied denied when state.Find(plan.Digest) is { } known && known.Refusals < context.Limits.RecordedRefusals =>
                    new GrantRejected(known.Digest, denied.Code, denied.Detail),
                _ => null,
            };
        });
        return verdict;
    }
}
