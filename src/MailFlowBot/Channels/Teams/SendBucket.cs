namespace MailFlowBot.Channels.Teams;

/// <summary>
/// How fast one may send: <paramref name="Burst"/> at once, then <paramref name="PerSecond"/>. Places are given in the order of asking.
/// Pure.
/// </summary>
/// <param name="Left">Sends that are free at <paramref name="At"/>; below zero: sends that wait already.</param>
internal readonly record struct SendBucket(double Burst, double PerSecond, double Left, DateTimeOffset At)
{
    public static SendBucket Full(double burst, double perSecond, DateTimeOffset now) => new(burst, perSecond, burst, now);

    /// <summary>Nothing was sent for so long that this bucket is as good as a new one.</summary>
    public bool IsFull(DateTimeOffset now) => Refilled(now) >= Burst;

    /// <summary>Takes the next place.</summary>
    /// <returns>The bucket after it, and how long to wait for it.</returns>
    public (SendBucket Bucket, TimeSpan Wait) Take(DateTimeOffset now)
    {
        var left = Refilled(now) - 1;
        var wait = left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-left / PerSecond);
        return (this with { Left = left, At = now }, wait);
    }

    // A clock that was set back gives nothing and takes nothing.
    private double Refilled(DateTimeOffset now) => Math.Min(Burst, Left + (Math.Max(0, (now - At).TotalSeconds) * PerSecond));
}
