using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests;

internal static class Pieces
{
    /// <summary>All objects that a block completes, as copies that outlive it.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Receive(this Defragmenter defragmenter, ReadOnlySpan<byte> block)
    {
        var objects = new List<ReadOnlyMemory<byte>>();
        var bytes = block.ToArray();
        defragmenter.Feed(bytes);
        while (defragmenter.TryRead(out var whole))
            objects.Add(whole.ToArray());

        // Nothing may lean on the block any longer.
        Array.Fill(bytes, (byte)0xEE);
        return objects;
    }
}
