using System.Numerics;
using System.Runtime.InteropServices;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A quick hash for the caches, which hold a fixed number of entries without chains: who makes names collide makes them be read
/// anew and nothing worse, so it need not be keyed.
/// </summary>
internal static class ByteHash
{
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Factor;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(bytes)) * Factor, 29);
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var unit in bytes)
            hash = (hash ^ unit) * Factor;
        return (uint)((hash * Factor) >> 32);
    }
}
