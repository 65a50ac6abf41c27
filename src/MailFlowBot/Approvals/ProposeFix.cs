using System.Security.Cryptography;
using System.Text;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Approvals;

/// <summary>Registers a plan with the agent, which looks for itself, and puts what it registered on the card.</summary>
/// <param name="readOnly">True: nobody here can approve, so the agent is not asked and the plan is shown as commands for people.</param>
internal sealed class ProposeFix(IncidentLog log, IPlanRegistry registry, ApprovalRules rules, OrganizationId organization, bool readOnly)
{
    /// <summary>The refusal of everything that would need an approval where nobody can give one.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>What the card says about a plan beside the plan itself.</summary>
    internal sealed record Prose(
        Statement? Effect, Statement? Risk, IReadOnlyList<Statement> Questions, IReadOnlyList<Statement> Guided);

    public async Task<Incident> ProposeAsync(
        Incident incident, PlanKind kind, IReadOnlyList<ChangeOperation> steps, IReadOnlyList<Person> requesters, Prose prose,
        CancellationToken cancellationToken)
    {
        var happened = readOnly
            ? new PlanWithheld(ReadOnly, "", [], Planned(steps))
            : await RegisterAsync(incident, kind, steps, requesters, prose, cancellationToken).ConfigureAwait(false);
        return await log.AppendAsync(
            incident.Id,
            state => state is { PlanIsOpen: true, Plan: { } former } && happened is PlanProposed
                ? [new PlanClosed(former.Digest, "superseded"), happened]
                : [happened],
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<IncidentEvent> RegisterAsync(
        Incident incident, PlanKind kind, IReadOnlyList<ChangeOperation> steps, IReadOnlyList<Person> requesters, Prose prose,
        CancellationToken cancellationToken)
    {
        var proposal = new PlanProposal(
            organization,
            new Remote.Approvals.IncidentId(incident.Id.ToString()),
            kind,
            steps,
            [.. requesters.Select(person => new PersonId(person.ObjectId, person.Tenant))]);
        var registration = await registry.RegisterAsync(proposal, cancellationToken).ConfigureAwait(false);
        return registration switch
        {
            Registered registered => Proposed(registered, requesters, prose),
            RegistrationRefused refused => new PlanWithheld(Statements.Kebab(refused.Code), refused.Detail, Seen(refused.Judgement)),
            _ => throw new InvalidOperationException($"A registration of an unknown kind: {registration}."),
        };
    }

    private PlanProposed Proposed(Registered registered, IReadOnlyList<Person> requesters, Prose prose)
    {
        var plan = registered.Plan;
        var planClass = plan.Class.ToString();
        return new PlanProposed(
            Statements.Kebab(plan.Kind),
            Encoding.UTF8.GetString(plan.CanonicalBytes()),
            plan.Digest.Value,
            planClass,
            rules.QuorumOf(planClass),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            plan.Expiry,
            Level: 1,
            Planned(plan.Steps),
            Seen(registered.Judgement),
            prose.Effect,
            prose.Risk,
            prose.Questions,
            prose.Guided,
            requesters);
    }

    private static IReadOnlyList<PlannedStep> Planned(IReadOnlyList<ChangeOperation> steps) =>
        [.. steps.Select(step => new PlannedStep(step.Id, step.Server.Value, CommandText.Of(step), Statements.Kebab(step.Reversibility)))];

    private static IReadOnlyList<GuardSeen> Seen(Judgement? judgement) =>
        [.. (judgement?.Guards ?? []).Select(guard => new GuardSeen(guard.Guard, guard.Reading, Statements.Kebab(guard.Effect))).Distinct()];
}
