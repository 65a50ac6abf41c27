namespace MailFlowBot.Remote.Sessions;

/// <summary>A line of a <see cref="ShellLedger"/>: a shell that may exist from now on, or one that certainly does not any more.</summary>
/// <param name="Op"><c>opening</c> or <c>closed</c>; the other members are null in the latter, but for the shell.</param>
/// <param name="Shell">The ShellId as it goes over the wire.</param>
internal sealed record LedgerEntry(
    string Op, string Shell, string? Endpoint = null, string? Account = null, string? Resource = null, DateTimeOffset? At = null)
{
    public const string OpeningOp = "opening";
    public const string ClosedOp = "closed";
}
