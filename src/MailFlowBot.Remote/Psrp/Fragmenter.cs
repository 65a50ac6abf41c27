namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Cuts messages into fragments. One instance per sender: the object id is a single counter over the pool and all its pipelines
/// (MS-PSRP 2.2.4), so within one stream ids grow but have gaps.
/// </summary>
internal sealed class Fragmenter
{
    /// <summary>The size at which Windows cuts; used until the transport says what fits.</summary>
    public const int DefaultBlobSize = 32 * 1024;

    private long _lastObjectId;

    /// <summary>
    /// Most bytes of a blob in one fragment. May be changed between messages when the peer allows larger envelopes.
    /// </summary>
    public int BlobSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = DefaultBlobSize;

    /// <summary>The fragments of one message, each with its header, in the order to send them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> message)
    {
        var objectId = (ulong)Interlocked.Increment(ref _lastObjectId);
        var size = BlobSize;
        var fragments = new List<ReadOnlyMemory<byte>>((message.Length / size) + 1);
        var offset = 0;
        do
        {
            var length = Math.Min(size, message.Length - offset);
            var fragment = new byte[FragmentHeader.Size + length];
            var header = new FragmentHeader(objectId, (ulong)fragments.Count, offset == 0, offset + length == message.Length, (uint)length);
            header.Write(fragment);
            message.Span.Slice(offset, length).CopyTo(fragment.AsSpan(FragmentHeader.Size));
            fragments.Add(fragment);
            offset += length;
        }
        while (offset < message.Length);
        return fragments;
    }

    /// <summary>Fragments behind one another, as a stream carries them.</summary>
    public static ReadOnlyMemory<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        if (fragments.Count == 1)
            return fragments[0];
        var joined = new byte[fragments.Sum(fragment => fragment.Length)];
        var offset = 0;
        foreach (var fragment in fragments)
        {
            fragment.CopyTo(joined.AsMemory(offset));
            offset += fragment.Length;
        }

        return joined;
    }
}
