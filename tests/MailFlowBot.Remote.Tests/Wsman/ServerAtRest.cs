using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>A server's machine with one caller, whose clock moves only when a test moves it.</summary>
internal sealed class ServerAtRest(ShellServerOptions options)
{
    private readonly ShellServer _server = new(options, Guid.NewGuid);

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public ShellCaller Caller { get; set; } = new("CONTOSO\\bot", "192.0.2.7");

    public IReadOnlyCollection<ShellId> Shells => _server.Shells;

    public int CommandCount(ShellId shell) => _server.CommandCount(shell);

    public ShellStep Receive(ReadOnlyMemory<byte> envelope) => _server.Receive(envelope, Caller, Now);

    public ShellStep Receive(ReadOnlyMemory<byte> envelope, ShellCaller caller) => _server.Receive(envelope, caller, Now);

    public WsmanAnswer? Poll(ReceiveTicket ticket) => _server.Poll(ticket, Now);

    public WsmanAnswer TimeOut(ReceiveTicket ticket) => _server.TimeOut(ticket, Now);

    public IReadOnlyList<ShellId> Expire() => _server.Expire(Now);

    public void Abandon(ReceiveTicket ticket) => _server.Abandon(ticket);

    public void Enqueue(ShellId shell, CommandId? command, ReadOnlyMemory<byte> content) => _server.Enqueue(shell, command, content);

    public void Finish(ShellId shell, CommandId command) => _server.Finish(shell, command);

    public WsmanAnswer Connect(ShellStep.ConnectRequested step, ReadOnlyMemory<byte> connectResponseXml) => _server.Connect(step, connectResponseXml);

    public WsmanAnswer Reject(ShellStep step, WsmanFault fault) => _server.Reject(step, fault);
}
