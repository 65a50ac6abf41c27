using System.Text;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Approvals;

/// <summary>
/// Signs each decision at the click, and the grant that carries all of them. A row written into the database is not signed and so
/// approves nothing: the agent checks every record.
/// </summary>
internal sealed class ApprovalSigner(ApprovalKey key)
{
    public SignedDecision Sign(Person by, bool approve, string reason, IncomingClick click, Incident incident, PlanDigest plan, DateTimeOffset at) =>
        SignedDecision.Sign(
            new Decision(
                new PersonId(by.ObjectId, by.Tenant),
                approve ? DecisionVerdict.Approve : DecisionVerdict.Reject,
                reason,
                new ActivityId(click.Id),
                plan,
                new ConversationId(click.Conversation.Thread),
                new Remote.Approvals.IncidentId(incident.Id.ToString()),
                at),
            key);

    /// <summary>The grant over every decision taken on the plan, in order.</summary>
    public ApprovalGrant Grant(Incident incident, PlanDigest plan, IEnumerable<SignedDecision> decisions, DateTimeOffset at) =>
        ApprovalGrant.Sign(plan, [.. decisions], new ChainHead(incident.Events[^1].Hash), at, key);

    public static string Text(SignedDecision decision) => Encoding.UTF8.GetString(CanonicalJson.Serialize(decision.ToJson()));

    public static string Text(ApprovalGrant grant) => Encoding.UTF8.GetString(CanonicalJson.Serialize(grant.ToJson()));

    public static SignedDecision Read(string text) => SignedDecision.FromJson(Encoding.UTF8.GetBytes(text));

    public static ApprovalGrant ReadGrant(string text) => ApprovalGrant.FromJson(Encoding.UTF8.GetBytes(text));
}
