namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The receiving end of one stream: bytes in, whole messages out that are addressed to this side, pool and pipeline.
/// </summary>
internal sealed class Inbox(Destination self, PsrpLimits limits)
{
    private readonly Defragmenter _defragmenter = new(limits);

    /// <summary>The pool that messages must name; a server learns it from the first one.</summary>
    public PoolId? Pool { get; set; }

    /// <summary>
    /// The pipeline that messages must name. A server learns this one too and does not compare it with the transport's CommandId:
    /// some clients write their GUIDs big-endian, so the two differ.
    /// </summary>
    public PipelineId? Pipeline { get; set; }

    /// <exception cref="PsrpException">The bytes break the protocol.</exception>
    public IEnumerable<PsrpMessage> Receive(ReadOnlyMemory<byte> bytes)
    {
        foreach (var whole in _defragmenter.Receive(bytes.Span))
            yield return Check(PsrpMessage.Read(whole));
    }

    /// <exception cref="PsrpException">The stream ended inside a message.</exception>
    public void Complete() => _defragmenter.Complete();

    private PsrpMessage Check(PsrpMessage message)
    {
        if (message.Destination != self)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} is addressed to the {message.Destination}, this is the {self}.");

        // A server does not know the pool's id yet when it answers the capability, and sends zeros.
        var unnamed = message.Type == MessageType.SessionCapability && message.Pool.Value == Guid.Empty;
        Pool ??= message.Pool;
        if (message.Pool != Pool && !unnamed)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} names pool {message.Pool}, this is {Pool}.");
        Pipeline ??= message.Pipeline;
        if (message.Pipeline != Pipeline)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} names pipeline {message.Pipeline}, this is {Pipeline}.");
        return message;
    }
}
