using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Carries the requests of one shell over a transport and turns trouble below into the exceptions of this namespace. Faults stay
/// values.
/// </summary>
internal sealed class ShellLink(IWsmanTransport transport, ShellClient shell, int receiveRepeats)
{
    public ShellClient Shell { get; } = shell;

    /// <exception cref="ConnectionLost">No usable answer.</exception>
    /// <exception cref="ProtocolViolation">An answer that belongs to nothing asked.</exception>
    public async Task<WsmanResponse> AskAsync(PendingRequest request, CancellationToken cancellation)
    {
        WsmanReply reply;
        byte[] answer;
        try
        {
            reply = await transport.PostAsync(request.Envelope, cancellation).ConfigureAwait(false);
            answer = await reply.ReadAllAsync(cancellation).ConfigureAwait(false);
        }
        catch (TransportException e)
        {
            throw new ConnectionLost(e.Delivery, e.Message, e);
        }

        try
        {
            return Shell.Accept(request, answer);
        }
        catch (WsmanException e) when (e.Fault is EnvelopeFault.NotAnEnvelope or EnvelopeFault.Malformed && reply.Status is not 200)
        {
            // A page of a proxy or of IIS. 4xx and 503 come before any WSMan service has seen the request.
            var delivery = reply.Status is (>= 400 and < 500) or 503 ? Delivery.NotSent : Delivery.Unknown;
            throw new ConnectionLost(delivery, $"The endpoint answered with status {reply.Status} and no WSMan envelope.", e);
        }
        catch (WsmanException e)
        {
            throw new ProtocolViolation(e.Message, e);
        }
    }

    /// <summary>
    /// One Receive. When its answer is lost it is sent again with the same message id: WinRM then repeats the answer, so nothing
    /// is missed; a gap would show in the fragments.
    /// </summary>
    public async Task<WsmanResponse> ReceiveAsync(CommandId? command, CancellationToken cancellation)
    {
        var request = Shell.Receive(command);
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await AskAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (ConnectionLost) when (repeats < receiveRepeats)
            {
            }
        }
    }
}
