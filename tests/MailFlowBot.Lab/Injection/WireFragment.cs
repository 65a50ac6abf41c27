using System.Buffers.Binary;

namespace MailFlowBot.Lab.Injection;

/// <summary>
/// A fragment as bytes (MS-PSRP 2.2.4), read here once more and not by our codec: what is damaged on purpose need not pass its checks.
/// </summary>
internal sealed record WireFragment(ulong ObjectId, ulong FragmentId, byte Flags, byte[] Blob)
{
    public const byte Start = 1;
    public const byte End = 2;

    private const int HeaderSize = 21;
    private const int TypeOffset = 4;

    /// <summary>Message type of a first fragment; null in others.</summary>
    public uint? MessageType => (Flags & Start) != 0 && Blob.Length >= TypeOffset + sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(Blob.AsSpan(TypeOffset))
        : null;

    public bool IsWhole => (Flags & (Start | End)) == (Start | End);

    /// <summary>A length that the header tells instead of the true one.</summary>
    public uint? AnnouncedLength { get; init; }

    /// <summary>All fragments of the bytes; null when they do not begin or end with a whole one.</summary>
    public static List<WireFragment>? ReadAll(ReadOnlySpan<byte> bytes)
    {
        var fragments = new List<WireFragment>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < HeaderSize)
                return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]);
            if (bytes[16] > (Start | End) || bytes.Length - HeaderSize < length)
                return null;
            fragments.Add(new WireFragment(
                BinaryPrimitives.ReadUInt64BigEndian(bytes),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
                bytes[16],
                bytes.Slice(HeaderSize, (int)length).ToArray()));
            bytes = bytes[(HeaderSize + (int)length)..];
        }

        return fragments;
    }

    public void Write(Stream to)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt64BigEndian(header, ObjectId);
        BinaryPrimitives.WriteUInt64BigEndian(header[8..], FragmentId);
        header[16] = Flags;
        BinaryPrimitives.WriteUInt32BigEndian(header[17..], AnnouncedLength ?? (uint)Blob.Length);
        to.Write(header);
        to.Write(Blob);
    }

    /// <summary>The same object in several fragments.</summary>
    public IReadOnlyList<WireFragment> Split(int parts)
    {
        var size = (Blob.Length + parts - 1) / parts;
        return
        [
            .. Blob.Chunk(size).Select((chunk, index) => new WireFragment(
                ObjectId,
                (ulong)index,
                (byte)((index == 0 ? Start : 0) | ((index + 1) * size >= Blob.Length ? End : 0)),
                chunk)),
        ];
    }
}
