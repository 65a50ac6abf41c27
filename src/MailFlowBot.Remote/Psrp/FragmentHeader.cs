using System.Buffers.Binary;

namespace MailFlowBot.Remote.Psrp;

/// <summary>The 21-byte, big-endian header before each fragment's blob (MS-PSRP 2.2.4).</summary>
internal readonly record struct FragmentHeader(ulong ObjectId, ulong FragmentId, bool Start, bool End, uint Length)
{
    public const int Size = 21;

    private const byte StartFlag = 0x01;
    private const byte EndFlag = 0x02;

    public static FragmentHeader Read(ReadOnlySpan<byte> header)
    {
        // MS-PSRP 2.2.4: the six reserved bits are ignored by a receiver.
        var flags = header[16];
        return new FragmentHeader(
            BinaryPrimitives.ReadUInt64BigEndian(header),
            BinaryPrimitives.ReadUInt64BigEndian(header[8..]),
            (flags & StartFlag) != 0,
            (flags & EndFlag) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(header[17..]));
    }

    public void Write(Span<byte> header)
    {
        BinaryPrimitives.WriteUInt64BigEndian(header, ObjectId);
        BinaryPrimitives.WriteUInt64BigEndian(header[8..], FragmentId);
        header[16] = (byte)((Start ? StartFlag : 0) | (End ? EndFlag : 0));
        BinaryPrimitives.WriteUInt32BigEndian(header[17..], Length);
    }
}
