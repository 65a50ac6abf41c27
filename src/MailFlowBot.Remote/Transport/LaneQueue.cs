namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Hands out lanes: an idle one, else a new one while there are fewer than allowed, else in the order of the calls when one comes back.
/// </summary>
/// <param name="open">Makes a lane.</param>
/// <param name="most">Lanes at a time.</param>
internal sealed class LaneQueue(Func<Lane> open, int most)
{
    private readonly Lock _sync = new();
    private readonly Stack<Lane> _idle = [];
    private readonly HashSet<Lane> _used = [];
    private readonly LinkedList<TaskCompletionSource<Lane?>> _waiting = [];
    private bool _closed;

    /// <summary>Lanes that exist.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
                return _idle.Count + _used.Count;
        }
    }

    /// <returns>Null when the queue is closed.</returns>
    public async Task<Lane?> LeaseAsync(CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource<Lane?>> place;
        lock (_sync)
        {
            if (_closed)
                return null;
            if (TryTake() is { } lane)
                return lane;
            place = _waiting.AddLast(new TaskCompletionSource<Lane?>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var registration = cancellation.UnsafeRegister(_ => GiveUp(place, cancellation), null);
        return await place.Value.Task.ConfigureAwait(false);
    }

    /// <summary>Takes a lane back.</summary>
    /// <param name="lane">Leased before.</param>
    /// <param name="isClean">False closes its connection; the next in line gets a new lane.</param>
    public void Return(Lane lane, bool isClean)
    {
        TaskCompletionSource<Lane?>? next = null;
        lock (_sync)
        {
            if (!_used.Remove(lane))
                return;
            if (_closed)
                isClean = false;
            else if (isClean)
                _idle.Push(lane);
            if (!_closed && _waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                next = first.Value;
                next.SetResult(TryTake()!);
            }
        }

        if (!isClean)
            lane.Dispose();
    }

    /// <summary>Closes all lanes, those in use too.</summary>
    public void Close() => Close(isGraceful: false);

    /// <summary>Closes the idle lanes, and the others as they come back.</summary>
    public void Retire() => Close(isGraceful: true);

    private void Close(bool isGraceful)
    {
        List<Lane> lanes;
        List<TaskCompletionSource<Lane?>> waiting;
        lock (_sync)
        {
            _closed = true;
            lanes = isGraceful ? [.. _idle] : [.. _idle, .. _used];
            waiting = [.. _waiting];
            _idle.Clear();
            if (!isGraceful)
                _used.Clear();
            _waiting.Clear();
        }

        foreach (var lane in lanes)
            lane.Dispose();
        foreach (var place in waiting)
            place.TrySetResult(null);
    }

    private Lane? TryTake()
    {
        if (!_idle.TryPop(out var lane))
        {
            if (_used.Count >= most)
                return null;
            lane = open();
        }

        _used.Add(lane);
        return lane;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<Lane?>> place, CancellationToken cancellation)
    {
        lock (_sync)
        {
            // No list: the place was served or the queue closed meanwhile.
            if (place.List is null)
                return;
            _waiting.Remove(place);
        }

        place.Value.TrySetCanceled(cancellation);
    }
}
