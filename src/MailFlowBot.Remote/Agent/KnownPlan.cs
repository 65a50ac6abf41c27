using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>What the journal holds about one registered plan.</summary>
internal sealed record KnownPlan(ExecutionPlan Plan, PlanDigest Digest)
{
    public bool Spent { get; init; }

    /// <summary>Grants for it that were refused.</summary>
    public int Refusals { get; init; }

    /// <summary>Null: not begun, or not ended as far as the journal tells.</summary>
    public PlanEnding? Ending { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public bool Unfinished => Spent && Plan.Kind != PlanKind.Lift && Ending is null;
}
