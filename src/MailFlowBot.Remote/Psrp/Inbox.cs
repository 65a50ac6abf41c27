namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The receiving end of one stream: bytes in, whole messages out that are addressed to this side, pool and pipeline.
/// </summary>
/// <param name="self">The side that receives.</param>
/// <param name="limits">What is accepted.</param>
/// <param name="numbers">The ids over all streams; null where nothing is ever repeated.</param>
/// <param name="holesAfter">See <see cref="Defragmenter.HolesAfter"/>.</param>
internal sealed class Inbox(Destination self, PsrpLimits limits, ObjectNumbers? numbers = null, ulong? holesAfter = null)
{
    private readonly Defragmenter _defragmenter = new(limits, numbers) { HolesAfter = holesAfter };

    /// <summary>The pool that messages must name; a server learns it from the first one.</summary>
    public PoolId? Pool { get; set; }

    /// <summary>
    /// The pipeline that messages must name. A server learns this one too and does not compare it with the transport's CommandId:
    /// some clients write their GUIDs big-endian, so the two differ.
    /// </summary>
    public PipelineId? Pipeline { get; set; }

    /// <inheritdoc cref="Defragmenter.Feed"/>
    public void Feed(ReadOnlyMemory<byte> block) => _defragmenter.Feed(block);

    /// <summary>The next whole message. Its body is valid until the next call: what is read of it must hold copies.</summary>
    /// <exception cref="PsrpException">The bytes break the protocol.</exception>
    public bool TryRead(out PsrpMessage message)
    {
        if (!_defragmenter.TryRead(out var whole))
        {
            message = default;
            return false;
        }

        message = PsrpMessage.Read(whole);
        Check(message);
        return true;
    }

    /// <inheritdoc cref="Defragmenter.Settle"/>
    public void Settle() => _defragmenter.Settle();

    /// <inheritdoc cref="Defragmenter.Replay"/>
    public void Replay() => _defragmenter.Replay();

    /// <exception cref="PsrpException">The stream ended inside a message.</exception>
    public void Complete() => _defragmenter.Complete();

    private void Check(in PsrpMessage message)
    {
        if (message.Destination != self)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} is addressed to the {message.Destination}, this is the {self}.");

        // A server does not know the pool's id yet when it answers the capability, and sends zeros; recorded ones do so in the key
        // exchange as well.
        var unnamed = message.Pool.Value == Guid.Empty
            && (message.Type is MessageType.SessionCapability or MessageType.EncryptedSessionKey or MessageType.PublicKeyRequest);
        Pool ??= message.Pool;
        if (message.Pool != Pool && !unnamed)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} names pool {message.Pool}, this is {Pool}.");
        Pipeline ??= message.Pipeline;
        if (message.Pipeline != Pipeline)
            throw new PsrpException(PsrpFault.BadMessage, $"{message.Type} names pipeline {message.Pipeline}, this is {Pipeline}.");
    }
}
