using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Carries the requests of one shell over a transport and turns trouble below into the exceptions of this namespace. Faults stay
/// values. No answer is waited for longer than the server may hold the request and <c>margin</c>.
/// </summary>
internal sealed class ShellLink(IWsmanTransport transport, ShellClient shell, TimeSpan margin, TimeProvider time)
{
    public ShellClient Shell { get; } = shell;

    /// <exception cref="ConnectionLost">No usable answer, or none in time.</exception>
    /// <exception cref="DamagedAnswer">An answer that belongs to nothing asked, or is none.</exception>
    /// <exception cref="AccessRefused">The account is not let in.</exception>
    /// <exception cref="OperationCanceledException">The caller's token fired; the request may have arrived.</exception>
    public async Task<WsmanResponse> AskAsync(PendingRequest request, CancellationToken cancellation)
    {
        var patience = request.Request.Header.OperationTimeout + margin;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var status = 0;
        using var scan = Shell.Scan(request);
        try
        {
            var reply = await transport.PostAsync(request.Envelope, either.Token).ConfigureAwait(false);
            status = reply.Status;
            await foreach (var piece in reply.Body.WithCancellation(either.Token).ConfigureAwait(false))
                scan.Feed(piece.Span);
            return scan.Finish();
        }
        catch (TransportException e)
        {
            throw Wrap(e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectionLost(
                Delivery.Unknown, $"{request.Request.Header.To} gave no whole answer within {patience.TotalSeconds:0} s.", e);
        }
        catch (WsmanException e) when (e.Fault is EnvelopeFault.NotAnEnvelope or EnvelopeFault.Malformed && status is not 200)
        {
            // A page of a proxy or of IIS. 4xx and 503 come before any WSMan service has seen the request.
            var delivery = status is (>= 400 and < 500) or 503 ? Delivery.NotSent : Delivery.Unknown;
            throw new ConnectionLost(delivery, $"The endpoint answered with status {status} and no WSMan envelope.", e);
        }
        catch (WsmanException e)
        {
            throw new DamagedAnswer(e.Message, e);
        }
    }

    private static RemoteException Wrap(TransportException e) => e.Fault switch
    {
        TransportFault.Unauthorized => new AccessRefused(RefusedScope.Account, e.Message, e),
        TransportFault.Forbidden => new AccessRefused(RefusedScope.Endpoint, e.Message, e),
        TransportFault.BadAnswer when e.Delivery == Delivery.Unknown => new DamagedAnswer(e.Message, e),
        _ => new ConnectionLost(e.Delivery, e.Message, e),
    };
}
