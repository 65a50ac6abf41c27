namespace MailFlowBot.Remote.Wsman;

/// <summary>A Receive in waiting.</summary>
internal sealed class ReceiveTicket(WsmanRequest.Receive request, ShellId shell)
{
    public WsmanRequest.Receive Request { get; } = request;

    public ShellId Shell { get; } = shell;

    public TimeSpan Timeout => Request.Header.OperationTimeout;

    /// <summary>Why it can bring nothing any more; null while it can.</summary>
    public WsmanFault? Ended { get; private set; }

    /// <summary>The first reason stays.</summary>
    public void End(WsmanFault fault) => Ended ??= fault;
}
