using MailFlowBot.Access;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Approvals;

/// <summary>
/// A click on Approve or Reject. The decision is appended by compare-and-swap on the incident, so of a hundred simultaneous clicks one
/// completes the plan and the others learn that it was decided.
/// </summary>
/// <param name="readOnly">True: whoever clicks has not shown who they are, and the organisation is real. Every click is refused.</param>
internal sealed class ApproveFix(
    IncidentLog log, AccessList access, ApprovalRules rules, ApprovalSigner signer, Func<bool> frozen, bool readOnly, TimeProvider time)
{
    /// <summary>What came of the click, and the grant when this click completed the quorum.</summary>
    internal sealed record Outcome(Ruling Ruling, Incident Incident, ApprovalGrant? Grant);

    public async Task<Outcome> DecideAsync(MailFlowBot.Incidents.IncidentId id, IncomingClick click, CancellationToken cancellationToken)
    {
        Ruling ruling = new Ruling.Refused("unknown-incident");
        ApprovalGrant? grant = null;
        var incident = await log.AppendAsync(
            id,
            state =>
            {
                var now = time.GetUtcNow();
                ruling = readOnly
                    ? new Ruling.Refused(ProposeFix.ReadOnly)
                    : ApprovalRequest.Decide(state, click, access, frozen(), rules.RequireReason, now);
                (grant, var events) = Events(state, click, ruling, now);
                return events;
            },
            cancellationToken).ConfigureAwait(false);
        return new Outcome(ruling, incident, grant);
    }

    private (ApprovalGrant? Grant, IReadOnlyList<IncidentEvent> Events) Events(
        Incident incident, IncomingClick click, Ruling ruling, DateTimeOffset now)
    {
        switch (ruling)
        {
            case Ruling.Refused refused:
                return (null, [new ClickRefused(click.From, refused.Code, click.Verb, click.Values.GetValueOrDefault("d") is { Length: <= 64 } digest ? digest : null)]);
            case Ruling.Rejected rejected:
                return (null, [Taken(incident, click, rejected.Plan, approve: false, rejected.Reason, now).Event, new PlanClosed(rejected.Plan.Digest, "rejected")]);
            case Ruling.Approved { Complete: false } approved:
                return (null, [Taken(incident, click, approved.Plan, approve: true, approved.Reason, now).Event]);
            case Ruling.Approved approved:
                var taken = Taken(incident, click, approved.Plan, approve: true, approved.Reason, now);
                var decisions = incident.Decisions.Select(decision => ApprovalSigner.Read(decision.SignedDecision)).Append(taken.Signed);
                var grant = signer.Grant(incident, new PlanDigest(approved.Plan.Digest), decisions, now);
                return (grant, [taken.Event, new GrantIssued(approved.Plan.Digest, ApprovalSigner.Text(grant))]);
            default:
                throw new InvalidOperationException($"A ruling without a consequence: {ruling}.");
        }
    }

    private (SignedDecision Signed, DecisionTaken Event) Taken(
        Incident incident, IncomingClick click, PlanProposed plan, bool approve, string reason, DateTimeOffset now)
    {
        var signed = signer.Sign(click.From, approve, reason, click, incident, new PlanDigest(plan.Digest), now);
        return (signed, new DecisionTaken(click.From, plan.Digest, approve, reason, click.Id, ApprovalSigner.Text(signed)));
    }
}
