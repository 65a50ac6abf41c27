using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>What a bot asks an agent to make a plan of. Everything that makes the plan safe is added by the agent.</summary>
/// <param name="Steps">In the order wanted; empty exactly for <see cref="PlanKind.Lift"/>.</param>
/// <param name="Requesters">All whose message or click produced this proposal; at least one.</param>
public sealed record PlanProposal(
    OrganizationId Organization,
    IncidentId Incident,
    PlanKind Kind,
    IReadOnlyList<ChangeOperation> Steps,
    IReadOnlyList<PersonId> Requesters);
