namespace MailFlowBot.Remote.Clixml;

/// <summary>How much of a stranger's CLIXML is read before it is refused.</summary>
internal sealed record ClixmlLimits
{
    // Each level costs a few stack frames; above this the caller's stack would be the limit.
    private const int DeepestAllowed = 500;

    public static ClixmlLimits Default { get; } = new();

    /// <summary>Bytes of one body or file. 10 MiB: PowerShell's own quota for one received object.</summary>
    public int MaxBytes { get; init => field = Positive(value, int.MaxValue); } = 10 * 1024 * 1024;

    /// <summary>Objects within objects, the outermost counted as 1. 50: where PowerShell's reader refuses as well.</summary>
    public int MaxDepth { get; init => field = Positive(value, DeepestAllowed); } = 50;

    /// <summary>
    /// Values in one body or file, primitives and nulls included. 500,000 is arbitrary: many times the largest answer recorded,
    /// and some tens of megabytes once read.
    /// </summary>
    public int MaxElements { get; init => field = Positive(value, int.MaxValue); } = 500_000;

    private static int Positive(int value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
