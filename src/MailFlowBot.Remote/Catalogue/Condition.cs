using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>How a condition compares what is read with its operand.</summary>
public enum ConditionOperator
{
    /// <summary>The text read equals the operand, ordinally.</summary>
    EqualTo,

    /// <summary>The part can be read at all.</summary>
    Exists,

    /// <summary>The number read is 0, or less than the operand (the number before the change).</summary>
    FallingOrEmpty,
}

/// <summary>
/// One statement about one part of one read. Preconditions hold before a change; verify conditions hold after it. What cannot be
/// read never holds.
/// </summary>
/// <param name="Path">See <see cref="Fact.Value"/> of the fact that the read yields.</param>
/// <param name="Operand">What is expected; empty for <see cref="ConditionOperator.Exists"/>.</param>
public sealed record Condition(ReadOperation Read, string Path, ConditionOperator Operator, string Operand)
{
    public bool Holds(Readings readings) => readings.For(Read)?.EndpointFact?.Value(Path) is { } value && Operator switch
    {
        ConditionOperator.EqualTo => string.Equals(value, Operand, StringComparison.Ordinal),
        ConditionOperator.Exists => true,
        ConditionOperator.FallingOrEmpty => long.TryParse(value, CultureInfo.InvariantCulture, out var now)
            && (now == 0 || (long.TryParse(Operand, CultureInfo.InvariantCulture, out var before) && now < before)),
        _ => false,
    };

    /// <summary>Equality with what is read now; null when it cannot be read now.</summary>
    public static Condition? AsRead(Readings readings, ReadOperation read, string path) =>
        readings.For(read)?.EndpointFact?.Value(path) is { } value
            ? new Condition(read, path, ConditionOperator.EqualTo, value)
            : null;
}
