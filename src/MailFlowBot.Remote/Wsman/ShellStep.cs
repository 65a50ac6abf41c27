namespace MailFlowBot.Remote.Wsman;

/// <summary>An answer envelope; HTTP carries faults with status 500.</summary>
internal sealed record WsmanAnswer(bool IsFault, ReadOnlyMemory<byte> Envelope)
{
    public int HttpStatus => IsFault ? 500 : 200;
}

/// <summary>
/// What the server's machine made of a request. All but <see cref="Polling"/> and <see cref="ConnectRequested"/> carry the answer; the event part is to be acted on
/// before it is sent. Closed.
/// </summary>
internal abstract record ShellStep
{
    private ShellStep()
    {
    }

    /// <summary>Nothing to act on: a fault, or a repeated answer.</summary>
    internal sealed record Answered(WsmanAnswer Answer) : ShellStep;

    internal sealed record ShellRequested(ShellId Shell, ReadOnlyMemory<byte> CreationXml, WsmanRequest Request, WsmanAnswer Answer)
        : ShellStep;

    internal sealed record CommandRequested(
        ShellId Shell, CommandId Command, ReadOnlyMemory<byte> Arguments, WsmanRequest Request, WsmanAnswer Answer) : ShellStep;

    /// <summary>Bytes for the shell, or for a command of it.</summary>
    internal sealed record InputReceived(
        ShellId Shell, CommandId? Command, string Stream, ReadOnlyMemory<byte> Content, WsmanRequest Request, WsmanAnswer Answer) : ShellStep;

    /// <summary>The stop code came: the command goes on until it has stopped.</summary>
    internal sealed record StopRequested(ShellId Shell, CommandId Command, WsmanAnswer Answer) : ShellStep;

    /// <summary>Terminate, or a code that is no stop code: the command is gone and its unread output with it.</summary>
    internal sealed record CommandClosed(ShellId Shell, CommandId Command, WsmanAnswer Answer) : ShellStep;

    /// <summary>The client left; the shell runs on, and Receives that waited have ended.</summary>
    internal sealed record ShellDisconnected(ShellId Shell, WsmanAnswer Answer) : ShellStep;

    /// <summary>
    /// Another client wants the shell. Carries no answer: that comes from <see cref="ShellServer.Connect"/>, with what the pool says to
    /// <paramref name="ConnectXml"/>, or from <see cref="ShellServer.Reject"/>.
    /// </summary>
    internal sealed record ConnectRequested(
        ShellId Shell, ReadOnlyMemory<byte> ConnectXml, WsmanRequest.Connect Request, ShellCaller Caller) : ShellStep;

    /// <summary>The client that took the shell over goes on with a command.</summary>
    internal sealed record CommandConnected(ShellId Shell, CommandId Command, WsmanAnswer Answer) : ShellStep;

    internal sealed record ShellDeleted(ShellId Shell, WsmanAnswer Answer) : ShellStep;

    /// <summary>
    /// A Receive that waits for output: ask <see cref="ShellServer.Poll"/> when there is some, <see cref="ShellServer.TimeOut"/>
    /// when its time is over.
    /// </summary>
    internal sealed record Polling(ReceiveTicket Ticket) : ShellStep;
}
