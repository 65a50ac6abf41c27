namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// What some bytes of the wire were read as before. Of a fixed size, so that no stranger makes it grow: two places for each hash,
/// the older entry gives way. Entries are immutable and a place is one reference, so any number of threads may read and write it.
/// </summary>
/// <param name="places">A power of two.</param>
/// <param name="longest">Bytes; longer ones are not kept.</param>
internal sealed class WireCache<T>(int places, int longest)
    where T : class
{
    private readonly Entry?[] _entries = new Entry?[places];

    public T? Find(ReadOnlySpan<byte> wire, out uint hash)
    {
        hash = 0;
        if (wire.Length > longest)
            return null;
        hash = ByteHash.Of(wire);
        var place = hash & (uint)(_entries.Length - 1);
        if (_entries[place] is { } entry && entry.Is(hash, wire))
            return entry.Value;
        return _entries[place ^ 1] is { } other && other.Is(hash, wire) ? other.Value : null;
    }

    public void Keep(ReadOnlySpan<byte> wire, uint hash, T value)
    {
        if (wire.Length > longest)
            return;
        var place = hash & (uint)(_entries.Length - 1);
        if (_entries[place] is { } older)
            _entries[place ^ 1] = older;
        _entries[place] = new Entry(hash, wire.ToArray(), value);
    }

    private sealed class Entry(uint hash, byte[] wire, T value)
    {
        public T Value => value;

        public bool Is(uint otherHash, ReadOnlySpan<byte> otherWire) => hash == otherHash && otherWire.SequenceEqual(wire);
    }
}
