namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Which objects of a server have arrived, over all streams of a pool. Servers number them with one counter over the pool and its
/// pipelines (MS-PSRP 2.2.4; so do all recorded ones, without a hole), hence an id that arrived nowhere is an object that got lost.
/// </summary>
/// <remarks>The streams are received concurrently; this is what they share.</remarks>
internal sealed class ObjectNumbers
{
    /// <summary>Runs of ids kept. More arise only where a process serves several pools; the oldest are forgotten then. Arbitrary.</summary>
    private const int MaxRuns = 256;

    private readonly Lock _sync = new();
    private readonly List<(ulong First, ulong Last)> _runs = [];
    private bool _perStream;

    /// <summary>The highest id that arrived; 0 when none did.</summary>
    public ulong Highest
    {
        get
        {
            lock (_sync)
                return _runs.Count == 0 ? 0 : _runs[^1].Last;
        }
    }

    /// <summary>True when an id came on two streams: this server counts for each stream by itself.</summary>
    public bool PerStream
    {
        get
        {
            lock (_sync)
                return _perStream;
        }
    }

    public void Note(ulong id)
    {
        lock (_sync)
        {
            // Nearly always the next of the last run.
            var at = _runs.Count - 1;
            while (at >= 0 && _runs[at].First > id)
                at--;
            if (at >= 0 && id <= _runs[at].Last)
                _perStream = true;
            else
                Insert(at, id);
        }
    }

    /// <summary>True when an id between the two arrived on no stream.</summary>
    public bool Lacks(ulong after, ulong before)
    {
        if (before <= after || before - after == 1)
            return false;
        lock (_sync)
            return _perStream || !_runs.Exists(run => run.First <= after + 1 && run.Last >= before - 1);
    }

    private void Insert(int at, ulong id)
    {
        var joinsLower = at >= 0 && _runs[at].Last + 1 == id;
        var joinsUpper = at + 1 < _runs.Count && _runs[at + 1].First == id + 1;
        if (joinsLower && joinsUpper)
        {
            _runs[at] = (_runs[at].First, _runs[at + 1].Last);
            _runs.RemoveAt(at + 1);
        }
        else if (joinsLower)
        {
            _runs[at] = (_runs[at].First, id);
        }
        else if (joinsUpper)
        {
            _runs[at + 1] = (id, _runs[at + 1].Last);
        }
        else
        {
            _runs.Insert(at + 1, (id, id));
            if (_runs.Count > MaxRuns)
                _runs.RemoveAt(0);
        }
    }
}
