namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>The clock of people in a test: it stands until it is set forward, and its timers do not fire.</summary>
public sealed class StandingTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    /// <summary>Timers of at least this length fire at once.</summary>
    public TimeSpan FiresFrom { get; set; } = TimeSpan.MaxValue;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan span) => _now += span;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime >= FiresFrom ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
