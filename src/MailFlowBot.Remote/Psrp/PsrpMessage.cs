using System.Buffers.Binary;

namespace MailFlowBot.Remote.Psrp;

/// <summary>Who a message is for (MS-PSRP 2.2.1, field Destination).</summary>
internal enum Destination
{
    None = 0,
    Client = 1,
    Server = 2,
}

/// <summary>A runspace pool (MS-PSRP: RPID). The client picks it.</summary>
internal readonly record struct PoolId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A pipeline (MS-PSRP: PID). The client picks it; all zero in messages of the pool.</summary>
internal readonly record struct PipelineId(Guid Value)
{
    public static PipelineId None { get; }

    public override string ToString() => Value.ToString("D");
}

/// <summary>
/// One PSRP message: a 40-byte little-endian header and a CLIXML body in UTF-8 (MS-PSRP 2.2.1). The body may be empty.
/// </summary>
internal readonly record struct PsrpMessage(
    Destination Destination, MessageType Type, PoolId Pool, PipelineId Pipeline, ReadOnlyMemory<byte> Body)
{
    public const int HeaderSize = 40;

    /// <exception cref="PsrpException">Shorter than a header, or an unknown destination.</exception>
    public static PsrpMessage Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderSize)
            throw new PsrpException(PsrpFault.BadMessage, $"A message of {bytes.Length} bytes is shorter than its {HeaderSize}-byte header.");
        var header = bytes.Span;
        var destination = (Destination)BinaryPrimitives.ReadInt32LittleEndian(header);
        if (destination is not (Destination.Client or Destination.Server))
            throw new PsrpException(PsrpFault.BadMessage, $"A message is addressed to {(int)destination}; 1 (client) and 2 (server) exist.");
        return new PsrpMessage(
            destination,
            (MessageType)BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            new PoolId(new Guid(header.Slice(8, 16))),
            new PipelineId(new Guid(header.Slice(24, 16))),
            bytes[HeaderSize..]);
    }

    public byte[] Write()
    {
        var bytes = new byte[HeaderSize + Body.Length];
        WriteHeader(bytes);
        Body.Span.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <summary>The header alone, for a sender that writes the body behind it.</summary>
    public void WriteHeader(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, (int)Destination);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], (uint)Type);
        Pool.Value.TryWriteBytes(to[8..]);
        Pipeline.Value.TryWriteBytes(to[24..]);
    }
}
