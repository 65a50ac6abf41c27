namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>A real clock that stands still, so that only jumps move the virtual one.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => 0;
}
