using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>What is known after the request of a pipeline went out. Closed.</summary>
internal abstract record PipelineStart
{
    private PipelineStart()
    {
    }

    /// <summary>The server took it.</summary>
    internal sealed record Accepted : PipelineStart;

    /// <summary>No answer came; the server has to be asked whether it knows the command.</summary>
    internal sealed record Unconfirmed(string Reason) : PipelineStart;

    /// <summary>The command certainly does not run, or nobody knows.</summary>
    internal sealed record Lost(Delivery Delivery, RemoteException Cause) : PipelineStart;

    /// <summary>Sends each part once; nothing is ever repeated here, whatever happens.</summary>
    /// <exception cref="OperationFailed">The server refused the command; it did not run.</exception>
    public static async Task<PipelineStart> SendAsync(SessionWire wire, CommandId command, IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        for (var i = 0; i < fragments.Count; i++)
        {
            var isLast = i == fragments.Count - 1;
            var request = i == 0
                ? wire.Link.Shell.Command(command, fragments[i])
                : wire.Link.Shell.Send(WsmanNames.StandardInput, command, fragments[i]);
            try
            {
                if (await wire.Link.AskAsync(request, wire.End.Token).ConfigureAwait(false) is not WsmanResponse.Faulted { Fault: var fault })
                    continue;
                if (!fault.IsShellGone)
                    throw new OperationFailed(fault, $"The server refused the command: {fault.Text} (code {fault.RawCode}).");
                return new Lost(Delivery.NotSent, new ConnectionLost(
                    Delivery.NotSent, $"The server gave the session up: {fault.Text} (code {fault.RawCode})."));
            }
            catch (RemoteException e) when (e is not OperationFailed)
            {
                // A command whose request is incomplete cannot have run.
                var delivery = isLast ? e.Delivery : Delivery.NotSent;

                // With input on its way, a command that exists may still wait for it: only one sent whole can be asked about.
                return i == 0 && isLast && delivery == Delivery.Unknown
                    ? new Unconfirmed(e.Message)
                    : new Lost(delivery, e);
            }
            catch (OperationCanceledException e)
            {
                var delivery = isLast ? Delivery.Unknown : Delivery.NotSent;
                return new Lost(delivery, new ConnectionLost(delivery, "The session ended while the command was sent.", e));
            }
        }

        return new Accepted();
    }
}
