using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Reconnects a shell that the server took for left alone. The pool's Receive and a command's both learn of it; one Reconnect serves all.
/// </summary>
internal sealed class ShellReconnection(ShellLink link)
{
    private readonly FairGate _gate = new();
    private int _count;

    /// <summary>How often it was reconnected; note it before asking, to tell an old fault from a new one.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="seen">The <see cref="Count"/> when the request was sent that was answered with the fault.</param>
    /// <exception cref="ShellTaken">Another client holds it.</exception>
    /// <exception cref="ConnectionLost">The server refused, or no answer came.</exception>
    public async Task ReconnectAsync(int seen, CancellationToken cancellation)
    {
        using var pass = await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        if (_count != seen)
            return;
        if (await link.AskAsync(link.Shell.Reconnect(), cancellation).ConfigureAwait(false) is WsmanResponse.Faulted { Fault: var fault })
        {
            var message = $"The server did not reconnect the session: {fault.Text} (code {fault.RawCode}).";
            throw fault.Reaction is FaultReaction.InUse or FaultReaction.Taken
                ? new ShellTaken(fault.Owner is { } owner ? $"{message} It is held by {owner}." : message)
                : new ConnectionLost(Delivery.Unknown, message);
        }

        Volatile.Write(ref _count, _count + 1);
    }
}
