namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Collects the parts of objects that are being read, one object's behind the other's, so that each gets an array of exactly its
/// size in the end.
/// </summary>
internal sealed class PendingStack<T>
{
    private const int MostKept = 1024;

    private T[] _parts = new T[64];

    public int Count { get; private set; }

    public void Push(T part)
    {
        if (Count == _parts.Length)
            Array.Resize(ref _parts, Count * 2);
        _parts[Count++] = part;
    }

    /// <summary>Takes off all that was pushed since there were <paramref name="count"/>.</summary>
    public T[] PopTo(int count)
    {
        var taken = _parts.AsSpan(count, Count - count);
        if (taken.IsEmpty)
            return [];
        var parts = taken.ToArray();
        taken.Clear();
        Count = count;
        return parts;
    }

    public void Clear()
    {
        if (_parts.Length > MostKept)
            _parts = new T[64];
        else
            Array.Clear(_parts, 0, Count);
        Count = 0;
    }
}
