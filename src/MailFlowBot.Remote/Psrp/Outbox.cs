using System.Buffers;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>The sending end of one stream: writes messages and cuts them with the sender's one fragmenter.</summary>
internal sealed class Outbox(Fragmenter fragmenter, Destination to, PoolId pool, PipelineId pipeline)
{
    /// <summary>The message as fragments, for a sender that must spread them over requests.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Cut(MessageType type, object? body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Header(type).WriteHeader(buffer.GetSpan(PsrpMessage.HeaderSize));
        buffer.Advance(PsrpMessage.HeaderSize);
        ClixmlWriter.Write(body, buffer);
        return fragmenter.Cut(buffer.WrittenMemory);
    }

    /// <summary>The message as one run of fragments.</summary>
    public ReadOnlyMemory<byte> Write(MessageType type, object? body) => Fragmenter.Join(Cut(type, body));

    /// <summary>A message whose body is nothing at all.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CutEmpty(MessageType type) => fragmenter.Cut(Header(type).Write());

    private PsrpMessage Header(MessageType type) => new(to, type, pool, pipeline, default);
}
