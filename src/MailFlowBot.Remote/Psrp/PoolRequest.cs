namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// What the server learns on the pool's stream. Where there is an <c>Answer</c>, it is to be sent on the pool's stream. Closed.
/// </summary>
internal abstract record PoolRequest
{
    private PoolRequest()
    {
    }

    /// <summary>The client's versions were accepted.</summary>
    internal sealed record Negotiated(SessionCapability Client, ReadOnlyMemory<byte> Answer) : PoolRequest;

    /// <summary>
    /// Versions that this server does not serve. It says its own and then nothing more, as recorded servers do.
    /// </summary>
    internal sealed record VersionRefused(SessionCapability Client, ReadOnlyMemory<byte> Answer) : PoolRequest;

    internal sealed record Opened(InitRunspacePool Init, ReadOnlyMemory<byte> Answer) : PoolRequest;

    /// <summary>Another client took the pool over.</summary>
    /// <param name="Wish">What it asked for.</param>
    /// <param name="Answer">For the pool's stream: what the server tells of itself.</param>
    /// <param name="Response">The <c>connectResponseXml</c> of the answer to its Connect.</param>
    internal sealed record Connected(ConnectRunspacePool Wish, ReadOnlyMemory<byte> Answer, ReadOnlyMemory<byte> Response) : PoolRequest;

    /// <summary>SET_MAX_RUNSPACES and its kin; a client waits for the answer.</summary>
    internal sealed record AvailabilityAsked(MessageType Type, ReadOnlyMemory<byte> Answer) : PoolRequest;

    /// <summary>The client's public key: send what <see cref="RunspacePoolServer.GiveKey"/> makes of a session key.</summary>
    internal sealed record KeyOffered : PoolRequest;

    internal sealed record HostAnswered(HostResponse Response) : PoolRequest;

    internal sealed record Ignored(MessageType Type) : PoolRequest;
}
