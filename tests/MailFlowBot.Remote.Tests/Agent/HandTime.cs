namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>A clock whose timers all fire when told to, and not before.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly List<HandTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(callback, state);
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    public void Expire()
    {
        HandTimer[] timers;
        lock (_timers)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Fire();
    }

    private sealed class HandTimer(TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public void Fire()
        {
            if (!Volatile.Read(ref _disposed))
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Volatile.Write(ref _disposed, true);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
