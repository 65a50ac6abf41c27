namespace MailFlowBot.Remote.Wsman;

/// <summary>A request envelope, typed. Closed: switch over all kinds.</summary>
internal abstract record WsmanRequest
{
    private WsmanRequest(RequestHeader header) => Header = header;

    public RequestHeader Header { get; init; }

    /// <summary>
    /// Opens a shell (a runspace pool). <paramref name="CreationXml"/> holds the PSRP fragments of the negotiation.
    /// </summary>
    internal sealed record Create(
        RequestHeader Header,
        ShellId? Shell,
        string? Name,
        TimeSpan? IdleTimeOut,
        string InputStreams,
        string OutputStreams,
        ReadOnlyMemory<byte> CreationXml) : WsmanRequest(Header);

    /// <summary>Starts a command (a pipeline). <paramref name="Arguments"/> holds the first PSRP fragment(s).</summary>
    internal sealed record Command(RequestHeader Header, CommandId Id, ReadOnlyMemory<byte> Arguments) : WsmanRequest(Header);

    /// <summary>Asks for output of the shell, or of one command.</summary>
    internal sealed record Receive(RequestHeader Header, CommandId? CommandId, string DesiredStream) : WsmanRequest(Header);

    internal sealed record Send(RequestHeader Header, string Stream, CommandId? CommandId, ReadOnlyMemory<byte> Content) : WsmanRequest(Header);

    internal sealed record Signal(RequestHeader Header, CommandId? CommandId, string Code) : WsmanRequest(Header);

    /// <summary>Leaves the shell running without a client, for as long as <paramref name="IdleTimeOut"/> or what held before says.</summary>
    internal sealed record Disconnect(RequestHeader Header, TimeSpan? IdleTimeOut) : WsmanRequest(Header);

    /// <summary>The client session that disconnected goes on.</summary>
    internal sealed record Reconnect(RequestHeader Header) : WsmanRequest(Header);

    /// <summary>
    /// Another client session takes the shell over (with <paramref name="ConnectXml"/>, PSRP fragments), or goes on with one command.
    /// </summary>
    internal sealed record Connect(RequestHeader Header, CommandId? CommandId, ReadOnlyMemory<byte> ConnectXml) : WsmanRequest(Header);

    internal sealed record Delete(RequestHeader Header) : WsmanRequest(Header);

    /// <summary>Asks how the shell is.</summary>
    internal sealed record Get(RequestHeader Header) : WsmanRequest(Header);

    /// <summary>
    /// Lists shells, or the commands of <paramref name="Of"/>; the resource says which. At most <paramref name="MaxElements"/> at a time.
    /// </summary>
    internal sealed record Enumerate(RequestHeader Header, ShellId? Of, int MaxElements) : WsmanRequest(Header);

    /// <summary>The rest of a list.</summary>
    internal sealed record Pull(RequestHeader Header, string Context, int MaxElements) : WsmanRequest(Header);

    /// <summary>Asks who answers here; no headers, and no rights needed on many servers.</summary>
    internal sealed record Identify() : WsmanRequest(RequestHeader.None);

    /// <summary>An action that this side does not serve.</summary>
    internal sealed record Other(RequestHeader Header, string Action) : WsmanRequest(Header);
}
