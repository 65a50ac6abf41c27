namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Keeps the bot below the rates at which Teams throttles: per thread 7 sends in 1 s, 8 in 2 s, 60 in 30 s, and 50 in 1 s overall ("Rate
/// limits for bots", which says that they may change, so there is room left). While an edit waits here it can be overtaken by a newer one.
/// </summary>
internal sealed class SendPace(TimeProvider time)
{
    /// <summary>Sends of one thread that go out at once.</summary>
    public const int ThreadBurst = 5;

    private const double ThreadPerSecond = 1;
    private const double OverallPerSecond = 30;
    private const int MaxThreads = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SendBucket> _threads = new(StringComparer.Ordinal);
    private SendBucket _overall = SendBucket.Full(OverallPerSecond, OverallPerSecond, time.GetUtcNow());

    /// <summary>Returns when it is the caller's turn to send into the thread.</summary>
    public async ValueTask TurnAsync(string thread, CancellationToken cancellationToken)
    {
        var wait = Take(thread);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Take(string thread)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_threads.Count >= MaxThreads)
                Forget(now);
            var bucket = _threads.TryGetValue(thread, out var known) ? known : SendBucket.Full(ThreadBurst, ThreadPerSecond, now);
            (_threads[thread], var own) = bucket.Take(now);
            (_overall, var shared) = _overall.Take(now);
            return own > shared ? own : shared;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (thread, bucket) in _threads)
        {
            if (bucket.IsFull(now))
                _threads.Remove(thread);
        }
    }
}
