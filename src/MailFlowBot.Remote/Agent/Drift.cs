using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>A precondition of an approved plan that does not hold any more.</summary>
/// <param name="Condition">Its operand is what the approvers were shown.</param>
/// <param name="Was">What was read when the plan was registered.</param>
/// <param name="Now">What is read now; null when it could not be seen.</param>
/// <param name="NotSeen">Why it could not be seen; null when it was.</param>
public sealed record Drift(Condition Condition, string Was, string? Now, string? NotSeen)
{
    /// <summary>The conditions that do not hold, in their order.</summary>
    internal static IReadOnlyList<Drift> Of(IEnumerable<Condition> conditions, Readings now) =>
    [
        .. conditions.Where(condition => !condition.Holds(now)).Select(condition => new Drift(
            condition,
            condition.Operand,
            ConditionReading.Value(condition, now),
            now.For(condition.Read) switch
            {
                NotSeen missing => $"{missing.Reason}: {missing.Detail}",
                null => "not asked",
                _ => null,
            })),
    ];
}
