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

    internal sealed record Delete(RequestHeader Header) : WsmanRequest(Header);

    /// <summary>An action that this side does not serve.</summary>
    internal sealed record Other(RequestHeader Header, string Action) : WsmanRequest(Header);
}
