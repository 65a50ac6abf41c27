namespace MailFlowBot.Remote.Psrp;

/// <summary>What the client learns on the pool's stream. Closed: switch over all kinds.</summary>
internal abstract record PoolEvent
{
    private PoolEvent()
    {
    }

    /// <summary>The server's versions were accepted.</summary>
    internal sealed record Negotiated(SessionCapability Server) : PoolEvent;

    internal sealed record PrivateDataReceived(ApplicationPrivateData PrivateData) : PoolEvent;

    /// <summary>Pipelines may start.</summary>
    internal sealed record Opened : PoolEvent;

    internal sealed record Closing : PoolEvent;

    internal sealed record Closed(ErrorRecord? Reason) : PoolEvent;

    /// <summary>The server gave the pool up.</summary>
    internal sealed record Broken(ErrorRecord? Reason) : PoolEvent;

    /// <summary>
    /// The server asked for the host that we do not have. Send <paramref name="Answer"/> on stream <c>pr</c> unless it is empty.
    /// </summary>
    internal sealed record HostCallRefused(HostCall Call, ReadOnlyMemory<byte> Answer) : PoolEvent;

    /// <summary>A message that is of no use to us, or of an unknown type.</summary>
    internal sealed record Ignored(MessageType Type) : PoolEvent;
}
