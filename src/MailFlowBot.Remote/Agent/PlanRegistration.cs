using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// Makes a plan of a proposal: reads what its guards need, judges it, and binds it to what was read, to this start of the agent and to
/// a nonce. The proposal's own view of the servers is never used.
/// </summary>
internal sealed class PlanRegistration(AgentContext context)
{
    public async Task<Registration> RegisterAsync(PlanProposal proposal, CancellationToken cancellationToken)
    {
        if (Refused(proposal, context.Journal.State) is { } early)
            return early;

        var readings = proposal.Kind == PlanKind.Lift
            ? Readings.Empty
            : await context.Reader.ForStepsAsync(proposal.Steps, [], cancellationToken).ConfigureAwait(false);
        if (proposal.Kind != PlanKind.Lift && UnknownServer(proposal, readings) is { } unknown)
            return unknown;

        var judgement = context.Judge(proposal.Kind, proposal.Steps, readings, context.Outages.All);
        if (judgement.Refusal is { } refusal)
        {
            var guard = judgement.Guards.First(reading => reading.Effect == GuardEffect.Refuses);
            return new RegistrationRefused(refusal, $"{guard.Guard}: {guard.Reading}", judgement);
        }

        return Register(proposal, readings, judgement);
    }

    private Registration Register(PlanProposal proposal, Readings readings, Judgement judgement)
    {
        var plan = new ExecutionPlan(
            proposal.Organization,
            proposal.Incident,
            proposal.Kind,
            proposal.Steps,
            [.. proposal.Steps.SelectMany(step => step.Preconditions(readings)).Distinct()],
            judgement.Class,
            [.. proposal.Requesters.Distinct()],
            context.PeopleNow.AddMinutes(context.Policy.ExpiryMinutes),
            Nonce.New(),
            context.Epoch,
            context.Name);
        try
        {
            context.Append(new PlanRegistered(plan));
        }
        catch (FormatException fault)
        {
            // An endpoint, or the proposal, holds text that cannot be written down exactly, so it cannot be approved either.
            return new RegistrationRefused(ChangeRefusal.NotSeen, fault.Message, judgement);
        }

        return new Registered(plan, judgement, readings);
    }

    private RegistrationRefused? Refused(PlanProposal proposal, JournalState state)
    {
        if (proposal.Organization != context.Policy.Organization)
            return Outside($"this agent works for {context.Policy.Organization}, not for {proposal.Organization}");
        if (proposal.Requesters.Count == 0)
            return Outside("a plan names who asked for it");
        if (PlanPolicy.Steps(proposal.Kind, proposal.Steps, context.Policy, context.PeopleNow) is { } denied)
            return Outside($"{denied.Code}: {denied.Detail}");
        if (state.Open(context.Epoch, context.PeopleNow) >= context.Limits.OpenPlans)
            return new(ChangeRefusal.RateExceeded, $"{context.Limits.OpenPlans} plans wait for a decision already", null);
        return proposal.Kind switch
        {
            PlanKind.Lift when state.Freeze is null => new(ChangeRefusal.NothingToDo, "changes are not frozen", null),
            PlanKind.Lift when state.Freeze.Origin == FreezeOrigin.Host => Frozen(state.Freeze),
            PlanKind.Lift => null,
            _ when state.Freeze is { } freeze => Frozen(freeze),
            PlanKind.Inverse => NotExecuted(proposal.Steps, state),
            _ => null,
        };
    }

    private static RegistrationRefused? NotExecuted(IReadOnlyList<ChangeOperation> steps, JournalState state)
    {
        var missing = steps.FirstOrDefault(step => !state.Changes.Any(change => change.Inverse == step
                && change.Ending is StepEnding.Completed or StepEnding.Unknown
                && state.Find(change.Plan)?.Plan.Kind == PlanKind.Fix));
        return missing is null
            ? null
            : new(ChangeRefusal.NotExecuted, $"{missing.Id} on {missing.Server} is the inverse of no change in this agent's journal", null);
    }

    private static RegistrationRefused? UnknownServer(PlanProposal proposal, Readings readings)
    {
        if (readings.Inventory is not { } inventory)
            return new(ChangeRefusal.NotSeen, Missing(readings.For(new ReadInventory())), null);
        var unknown = proposal.Steps.Select(step => step.Server).FirstOrDefault(server => inventory.Find(server) is null);
        return unknown == default ? null : new(ChangeRefusal.NotSeen, $"{unknown} is not in the inventory", null);
    }

    private static string Missing(ReadAnswer? answer) =>
        answer is NotSeen missing ? $"inventory: {missing.Reason}: {missing.Detail}" : "inventory: nothing usable was read";

    private static RegistrationRefused Frozen(FreezeState freeze) =>
        new(ChangeRefusal.Frozen, $"{freeze.Origin}, {InstantText.Write(freeze.At)}: {freeze.Reason}", null);

    private static RegistrationRefused Outside(string detail) => new(ChangeRefusal.OutsidePolicy, detail, null);
}
