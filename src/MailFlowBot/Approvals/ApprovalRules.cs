namespace MailFlowBot.Approvals;

/// <param name="RequireReason">An approval without a reason is refused.</param>
/// <param name="QuorumA">People needed for a plan of class A.</param>
/// <param name="QuorumB">People needed for a plan of class B.</param>
internal sealed record ApprovalRules(bool RequireReason, int QuorumA, int QuorumB)
{
    public int QuorumOf(string planClass) => planClass == "A" ? QuorumA : QuorumB;
}
