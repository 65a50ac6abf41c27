namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// Virtual time that jumps: whoever creates a timer is not made to wait, the clock jumps to the due time and the timer fires at once.
/// Delays of the simulated organisation and the waits of a verification thus take no real time, while what they are about is seen in
/// the right order. Between jumps the clock goes on like the real one. Thread-safe; never goes back.
/// </summary>
/// <remarks>
/// For delays only. A time-out made from this clock would run out at once: sessions and people's expiry take the real clock.
/// </remarks>
/// <param name="real">The clock that is run ahead of; the system's when left out.</param>
public sealed class JumpingTime(TimeProvider? real = null) : TimeProvider
{
    private readonly TimeProvider _real = real ?? System;
    private long _jumpedTicks;

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far this clock is ahead of the real one.</summary>
    public TimeSpan Jumped => TimeSpan.FromTicks(Interlocked.Read(ref _jumpedTicks));

    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow() + Jumped;

    public override long GetTimestamp() => _real.GetElapsedTime(0, _real.GetTimestamp()).Ticks + Jumped.Ticks;

    /// <summary>Lets time pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: time does not go back.</exception>
    public void Pass(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        Interlocked.Add(ref _jumpedTicks, span.Ticks);
    }

    /// <exception cref="NotSupportedException">A period is asked for: time that jumps would never come to rest.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new JumpingTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class JumpingTimer(JumpingTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _gate = new();
        private long _armed;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period > TimeSpan.Zero)
                throw new NotSupportedException("Jumping time has no periodic timers; wait with single delays.");
            long armed;
            lock (_gate)
            {
                if (_disposed)
                    return false;
                armed = ++_armed;
            }

            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            time.Pass(dueTime);
            // Never on the caller's stack: who creates a timer does not expect its callback before it holds the timer.
            return ThreadPool.QueueUserWorkItem(Fire, armed, preferLocal: false);
        }

        public void Dispose()
        {
            lock (_gate)
                _disposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(long armed)
        {
            lock (_gate)
            {
                if (_disposed || armed != _armed)
                    return;
            }

            callback(state);
        }
    }
}
