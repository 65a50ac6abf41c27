namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// Decides whether a grant permits a plan: a pure function of both, the agent's policy, its pinned keys and what it knows itself
/// (AISVS 9.2.1, 9.2.8). Nothing is taken on trust from the sender and nothing is counted that was not checked.
/// </summary>
public static class ApprovalVerifier
{
    public static GrantVerdict Verify(
        ApprovalGrant grant, ExecutionPlan plan, AgentPolicy policy, TrustedKeys keys, AgentStanding standing)
    {
        var digest = plan.Digest;
        return Target(plan, policy, standing)
            ?? Grant(grant, digest, policy, keys)
            ?? Once(plan, digest, standing)
            ?? PlanPolicy.Check(plan, policy, standing.Now)
            ?? Decisions(grant.Decisions, plan, digest, policy, keys)
            ?? (GrantVerdict)new GrantAccepted([.. grant.Decisions.Select(signed => signed.Decision.Person)]);
    }

    private static GrantDenied? Target(ExecutionPlan plan, AgentPolicy policy, AgentStanding standing) =>
        plan.Organization != policy.Organization
            ? new(GrantRefusal.WrongOrganisation, $"the plan is for {plan.Organization}, this agent works for {policy.Organization}")
        : plan.Agent != standing.Agent
            ? new(GrantRefusal.WrongAgent, $"the plan was registered by {plan.Agent}, this is {standing.Agent}")
        : null;

    private static GrantDenied? Grant(ApprovalGrant grant, PlanDigest digest, AgentPolicy policy, TrustedKeys keys) =>
        grant.Plan != digest
            ? new(GrantRefusal.DigestMismatch, $"the grant is for {grant.Plan}, the plan has {digest}")
            : Signed(grant.Key, SigningPurpose.Grant, grant.SignedBytes(), grant.Signature, "the grant", policy, keys);

    private static GrantDenied? Once(ExecutionPlan plan, PlanDigest digest, AgentStanding standing) =>
        plan.Epoch != standing.Epoch
            ? new(GrantRefusal.WrongEpoch, "the agent was restarted after the plan was registered")
        : standing.Registered is not { } registered
            ? new(GrantRefusal.UnknownNonce, $"no plan was registered under {plan.Nonce}")
        : registered != digest
            ? new(GrantRefusal.DigestMismatch, $"{registered} was registered under {plan.Nonce}")
        : standing.Spent
            ? new(GrantRefusal.NonceSpent, "the plan was begun before; a change is made at most once")
        : standing.Now >= plan.Expiry
            ? new(GrantRefusal.Expired, $"expired at {InstantText.Write(plan.Expiry)}")
        : standing.Frozen && plan.Kind != PlanKind.Lift
            ? new(GrantRefusal.Frozen, "changes are frozen")
        : null;

    private static GrantDenied? Decisions(
        IReadOnlyList<SignedDecision> decisions, ExecutionPlan plan, PlanDigest digest, AgentPolicy policy, TrustedKeys keys)
    {
        foreach (var signed in decisions)
        {
            var decision = signed.Decision;
            var who = $"the decision of {decision.Person}";
            var denied = Signed(signed.Key, SigningPurpose.Decision, decision.CanonicalBytes(), signed.Signature, who, policy, keys)
                ?? (decision.Plan != digest ? new(GrantRefusal.DigestMismatch, $"{who} is about {decision.Plan}")
                    : decision.Incident != plan.Incident ? new(GrantRefusal.WrongIncident, $"{who} was made in {decision.Incident}")
                    : decision.Verdict != DecisionVerdict.Approve ? new(GrantRefusal.RejectedDecision, $"{who} is {decision.Verdict}")
                    : Approver(decision.Person, plan, policy));
            if (denied is not null)
                return denied;
        }

        if (Twice(decisions.Select(signed => signed.Decision.Person)) is { } person)
            return new(GrantRefusal.SamePersonTwice, $"{person} counts once");
        if (Twice(decisions.Select(signed => signed.Decision.Activity)) is { } activity)
            return new(GrantRefusal.SameActivityTwice, $"{activity} stands in two decisions");
        return policy.Quorum(plan.Class) is { } quorum && decisions.Count >= quorum
            ? null
            : new(GrantRefusal.QuorumMissing, $"{decisions.Count} of {policy.Quorum(plan.Class)} approvals for class {plan.Class}");
    }

    private static GrantDenied? Approver(PersonId person, ExecutionPlan plan, AgentPolicy policy)
    {
        var approvers = policy.Approvers(plan.Class);
        // The object id alone decides here: the same person must not get past the rule by way of another tenant.
        if (plan.Requesters.Any(requester => requester.ObjectId == person.ObjectId))
            return new(GrantRefusal.RequesterApproves, $"{person} asked for the plan");
        if (approvers.Contains(person))
            return null;
        return approvers.Any(approver => approver.Tenant == person.Tenant)
            ? new(GrantRefusal.NotAnApprover, $"{person} is not listed for class {plan.Class}")
            : new(GrantRefusal.ForeignTenant, $"no approver for class {plan.Class} has the home tenant {person.Tenant}");
    }

    private static T? Twice<T>(IEnumerable<T> items) where T : struct =>
        items.GroupBy(item => item).Where(group => group.Count() > 1).Select(group => (T?)group.Key).FirstOrDefault();

    private static GrantDenied? Signed(
        KeyId key, SigningPurpose purpose, byte[] document, Signature signature, string what, AgentPolicy policy, TrustedKeys keys) =>
        !policy.TrustedKeys.Contains(key) || keys.Find(key) is not { } trusted
            ? new(GrantRefusal.UnknownKey, $"{what} is signed with {key}, which is not trusted here")
        : trusted.Verifies(purpose, document, signature) ? null
        : new(GrantRefusal.BadSignature, $"the signature under {what} does not fit");
}
