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

    /// <summary>The pool that another client opened is this one's now: pipelines may start, and its running ones may be resumed.</summary>
    internal sealed record Connected(RunspacePoolSize Size) : PoolEvent;

    /// <summary>The server wants the key exchange: send what <see cref="RunspacePoolClient.OfferKey"/> gives.</summary>
    internal sealed record KeyRequested : PoolEvent;

    /// <summary>The key exchange is over: secrets can be sent and read.</summary>
    internal sealed record KeyReceived : PoolEvent;

    /// <summary>The answer to one of <see cref="RunspacePoolClient.Runspaces"/>.</summary>
    /// <param name="CallId">Counted from 1 in the order of the questions.</param>
    /// <param name="IsDone">False when the server did not do it.</param>
    /// <param name="Count">The number that was asked for; null when none was.</param>
    internal sealed record RunspacesAnswered(long CallId, bool IsDone, long? Count) : PoolEvent;

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
