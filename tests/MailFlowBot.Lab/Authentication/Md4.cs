using System.Buffers.Binary;
using System.Numerics;

namespace MailFlowBot.Lab.Authentication;

/// <summary>MD4 (RFC 1320), which the platform no longer has and the NT hash of a password is made with.</summary>
internal static class Md4
{
    private const int BlockSize = 64;

    private static readonly int[] ThirdOrder = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];

    public static byte[] Hash(ReadOnlySpan<byte> text)
    {
        var padded = new byte[(text.Length + 8) / BlockSize * BlockSize + BlockSize];
        text.CopyTo(padded);
        padded[text.Length] = 0x80;
        BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(padded.Length - 8), (ulong)text.Length * 8);
        uint[] state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        for (var at = 0; at < padded.Length; at += BlockSize)
            Block(state, padded.AsSpan(at, BlockSize));
        var hash = new byte[16];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(i * 4), state[i]);
        return hash;
    }

    private static void Block(uint[] state, ReadOnlySpan<byte> block)
    {
        var x = new uint[16];
        for (var i = 0; i < x.Length; i++)
            x[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        for (var step = 0; step < 48; step++)
        {
            var turn = step % 4;
            var (mix, word, shift) = (step / 16) switch
            {
                0 => ((b & c) | (~b & d), x[step], (3 + (turn * 4)) switch { 15 => 19, var plain => plain }),
                1 => (((b & c) | (b & d) | (c & d)) + 0x5A827999, x[(step % 16 / 4) + (turn * 4)], turn switch { 0 => 3, 1 => 5, 2 => 9, _ => 13 }),
                _ => ((b ^ c ^ d) + 0x6ED9EBA1, x[ThirdOrder[step % 16]], turn switch { 0 => 3, 1 => 9, 2 => 11, _ => 15 }),
            };
            (a, b, c, d) = (d, BitOperations.RotateLeft(a + mix + word, shift), b, c);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
