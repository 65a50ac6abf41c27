namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>The ways to feed the same bytes to a machine.</summary>
internal static class Cuts
{
    /// <summary>
    /// Streams of more bytes than this are cut at every k-th point only, k chosen so that about as many cuts are made.
    /// </summary>
    private const int MostCuts = 500;

    public static IEnumerable<ReadOnlyMemory<byte>> Whole(byte[] bytes) => [bytes];

    public static IEnumerable<ReadOnlyMemory<byte>> ByteByByte(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
            yield return bytes.AsMemory(at, 1);
    }

    public static IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> InTwo(byte[] bytes)
    {
        var step = Math.Max(1, bytes.Length / MostCuts);
        for (var at = 0; at <= bytes.Length; at += step)
            yield return [bytes.AsMemory(0, at), bytes.AsMemory(at)];
    }
}
