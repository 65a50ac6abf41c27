namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The shells that one account may have open. Whoever opens one takes a place first, in the order in which they came; whoever keeps one
/// that is not in use is asked to give its place up.
/// </summary>
internal sealed class ShellBudget
{
    private readonly Action _wanted;
    private readonly Lock _sync = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free;
    private int _promised;

    /// <param name="size">Places.</param>
    /// <param name="wanted">Called when somebody has to wait.</param>
    public ShellBudget(int size, Action wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _free = size;
        _wanted = wanted;
    }

    /// <summary>True when somebody waits and no place is promised to him yet.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_sync)
                return _waiting.Count > _promised;
        }
    }

    /// <exception cref="OperationCanceledException">The token fired; no place was taken.</exception>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource> mine;
        lock (_sync)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_free > 0)
            {
                _free--;
                return;
            }

            mine = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        _wanted();
        using var registration = cancellation.Register(() => GiveUp(mine, cancellation));
        await mine.Value.Task.ConfigureAwait(false);
    }

    /// <summary>True when somebody waits: the place is to be released then, with <c>promised</c>.</summary>
    public bool TryPromise()
    {
        lock (_sync)
        {
            if (_waiting.Count <= _promised)
                return false;
            _promised++;
            return true;
        }
    }

    public void Release(bool promised)
    {
        TaskCompletionSource? next = null;
        lock (_sync)
        {
            if (promised)
                _promised--;
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _free++;
            }
        }

        next?.TrySetResult();
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> waiter, CancellationToken cancellation)
    {
        lock (_sync)
        {
            // Served meanwhile.
            if (waiter.List is null)
                return;
            _waiting.Remove(waiter);
        }

        waiter.Value.TrySetCanceled(cancellation);
    }
}
