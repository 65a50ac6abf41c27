using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>A condition with what was read before the plan and now. Null: not seen.</summary>
public sealed record ConditionReading(Condition Condition, string? Before, string? Now, bool Holds)
{
    internal static ConditionReading Of(Condition condition, Readings before, Readings now) => new(
        condition, Value(condition, before), Value(condition, now), condition.Holds(now));

    internal static string? Value(Condition condition, Readings readings) =>
        readings.For(condition.Read)?.EndpointFact?.Value(condition.Path);
}
