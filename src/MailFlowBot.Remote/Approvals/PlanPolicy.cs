using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>Whether a plan is within the policy at all, whoever approved it. Asked at registration and again at execution.</summary>
internal static class PlanPolicy
{
    // Arbitrary: what setup leaves behind takes three resets and two restarts; more than ten nobody reads before approving.
    private const int MaxSteps = 10;

    public static GrantDenied? Check(ExecutionPlan plan, AgentPolicy policy, DateTimeOffset now) =>
        Steps(plan.Kind, plan.Steps, policy, now)
        ?? (plan.Class is not (ChangeClass.A or ChangeClass.B)
            ? new(GrantRefusal.ClassNotApprovable, $"class {plan.Class} is never executed")
        : plan.Class < LeastClass(plan.Kind, plan.Steps)
            ? new(GrantRefusal.ClassNotApprovable, $"class {plan.Class} where {LeastClass(plan.Kind, plan.Steps)} is the least")
        : null);

    /// <summary>The inverse of a change and the end of a freeze always take two people.</summary>
    public static ChangeClass LeastClass(PlanKind kind, IReadOnlyList<ChangeOperation> steps) =>
        kind != PlanKind.Fix ? ChangeClass.B : steps.Select(step => step.LowestClass).DefaultIfEmpty(ChangeClass.A).Max();

    public static GrantDenied? Steps(PlanKind kind, IReadOnlyList<ChangeOperation> steps, AgentPolicy policy, DateTimeOffset now)
    {
        if ((kind == PlanKind.Lift) != (steps.Count == 0))
            return new(GrantRefusal.StepsNotAllowed, $"{kind} with {steps.Count} steps");
        if (steps.Count > MaxSteps)
            return new(GrantRefusal.StepsNotAllowed, $"{steps.Count} steps, at most {MaxSteps} fit one approval");
        // Lifting is no change to a server; what it allows is checked then.
        if (kind != PlanKind.Lift && policy.Hours is { } hours && !hours.Contains(now))
            return new(GrantRefusal.OutsideHours, $"changes are made from {hours.From:HH:mm} to {hours.To:HH:mm} UTC");
        if (steps.Select(step => step.Server).Distinct().Count() > 1)
            return new(GrantRefusal.StepsNotAllowed, "a plan concerns one server");
        return steps.Select(step => Step(kind, step, policy)).FirstOrDefault(denied => denied is not null);
    }

    private static GrantDenied? Step(PlanKind kind, ChangeOperation step, AgentPolicy policy) =>
        !policy.Operations.Contains(step.Id) ? new(GrantRefusal.OperationNotAllowed, $"{step.Id} is not in the policy")
        : !policy.Servers.Contains(step.Server) ? new(GrantRefusal.ServerNotAllowed, $"{step.Server} is not in the policy")
        : step switch
        {
            SetComponentState set => Set(kind, set, policy),
            StartService start => Service(start.Service, policy),
            RestartService restart => Service(restart.Service, policy),
            _ => new(GrantRefusal.OperationNotAllowed, $"{step.Id} is unknown here"),
        };

    private static GrantDenied? Set(PlanKind kind, SetComponentState set, AgentPolicy policy) =>
        !policy.Requesters.Contains(set.Requester)
            ? new(GrantRefusal.RequesterNotAllowed, $"{set.Requester} is not in the policy")
        : kind == PlanKind.Fix && set.State != ComponentState.Active
            ? new(GrantRefusal.OperationNotAllowed, $"a fix never sets {set.Component} to {set.State}")
        : null;

    private static GrantDenied? Service(WindowsService service, AgentPolicy policy) =>
        policy.Services.Contains(service) ? null : new(GrantRefusal.ServiceNotAllowed, $"{service} is not in the policy");
}
