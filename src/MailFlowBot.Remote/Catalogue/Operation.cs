namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// One thing that may be asked of an endpoint. Only records of this catalogue become commands; there is no way to pass text through.
/// </summary>
public abstract record Operation
{
    private protected Operation()
    {
    }

    /// <summary>Stable name; part of every plan digest.</summary>
    public abstract string Id { get; }

    /// <summary>Raised when the meaning of the operation changes; part of every plan digest.</summary>
    public virtual int Version => 1;
}

/// <summary>An operation that changes nothing. <see cref="Server"/> is null only for reads that are about the whole organisation.</summary>
public abstract record ReadOperation(ServerName? Server) : Operation
{
    public override string ToString() => Server is { } server ? $"{Id} {server}" : Id;
}
