using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Keeps a Receive of the pool under way from the opening to the end of the session, also while nothing runs: servers count a shell
/// without one as disconnected after some minutes, and the pool's end, its host calls and its state are told there.
/// </summary>
internal sealed class PoolPump(SessionWire wire, RunspacePoolClient pool)
{
    private const int SmallestEnvelope = 8192;

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _key = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _keyOffered;

    /// <summary>Ends when the pool is open; when the session ends before, with its reason.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Ends when the key exchange is over.</summary>
    public Task KeyReceived => _key.Task;

    /// <summary>The server's version of PowerShell; null when it did not say.</summary>
    public Version? PowerShellVersion { get; private set; }

    /// <summary>Ends when the session does; never throws.</summary>
    public async Task RunAsync()
    {
        var cancellation = wire.End.Token;
        try
        {
            while (!cancellation.IsCancellationRequested)
                await TakeAsync(await wire.Recovery.ReceiveAsync(command: null, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            Break(e);
        }
        catch (PsrpException e)
        {
            Break(new ProtocolViolation(e.Message, e));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session is over; whoever ended it said why.
            _opened.TrySetException(wire.End.Reason ?? new ConnectionLost(Delivery.Unknown, "The session was closed while it opened."));
        }

        // Nobody may be left who looks at it.
        _ = _opened.Task.Exception;
    }

    /// <summary>
    /// Begins the exchange of the session key, which secrets need, unless it has begun; <see cref="KeyReceived"/> tells its end.
    /// </summary>
    public async Task OfferKeyAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _keyOffered, 1) != 0)
            return;
        foreach (var fragment in pool.OfferKey(PoolKeys.NewPair()))
            await wire.Link.AskAsync(wire.Link.Shell.Send(WsmanNames.StandardInput, null, fragment), cancellation).ConfigureAwait(false);
    }

    private async Task TakeAsync(ReceivedAnswer answer, CancellationToken cancellation)
    {
        switch (answer.Response)
        {
            case WsmanResponse.Received received:
                if (answer.IsRepeat)
                    pool.Replay();
                foreach (var block in received.Blocks)
                {
                    foreach (var happened in pool.Receive(block.Content))
                        await TakeAsync(happened, cancellation).ConfigureAwait(false);
                }

                pool.Settle();
                break;
            case WsmanResponse.Faulted { Fault.IsTimeout: true }:
                break;
            case WsmanResponse.Faulted { Fault: var fault }:
                throw new ConnectionLost(Delivery.Unknown, $"The server gave the session up: {fault.Text} (code {fault.RawCode}).");
            case var other:
                throw new InvalidOperationException($"A Receive was answered by {other.GetType().Name}.");
        }
    }

    private async Task TakeAsync(PoolEvent happened, CancellationToken cancellation)
    {
        switch (happened)
        {
            case PoolEvent.Negotiated negotiated:
                Size(negotiated.Server);
                break;
            case PoolEvent.PrivateDataReceived about:
                PowerShellVersion = about.PrivateData.PowerShellVersion;
                break;
            case PoolEvent.Opened:
                _opened.TrySetResult();
                break;
            case PoolEvent.Closed closed:
                Break(new ConnectionLost(Delivery.Unknown, $"The server closed the session. {closed.Reason?.Message}".TrimEnd()));
                break;
            case PoolEvent.Broken broken:
                Break(new ConnectionLost(Delivery.Unknown, $"The session broke on the server. {broken.Reason?.Message}".TrimEnd()));
                break;
            case PoolEvent.HostCallRefused { Answer.IsEmpty: false } call:
                await wire.Link.AskAsync(wire.Link.Shell.Send(WsmanNames.PromptResponse, null, call.Answer), cancellation).ConfigureAwait(false);
                break;
            case PoolEvent.KeyRequested:
                await OfferKeyAsync(cancellation).ConfigureAwait(false);
                break;
            case PoolEvent.KeyReceived:
                _key.TrySetResult();
                break;
            case PoolEvent.HostCallRefused or PoolEvent.Connected or PoolEvent.Closing or PoolEvent.Ignored:
                break;
            default:
                throw new InvalidOperationException($"No rule for {happened.GetType().Name}.");
        }
    }

    /// <summary>What the refusal of a command asks of the whole session.</summary>
    public void Heed(WsmanFault fault)
    {
        var shell = wire.Link.Shell;
        if (fault.Reaction == FaultReaction.TooLarge && shell.MaxEnvelopeSize / 2 >= SmallestEnvelope)
        {
            shell.MaxEnvelopeSize = Math.Min(ShellOptions.DefaultMaxEnvelopeSize, shell.MaxEnvelopeSize / 2);
            pool.Fragmenter.BlobSize = shell.PayloadPerRequest() - FragmentHeader.Size;
        }

        // Commands that were not freed fill the shell; only a new one helps.
        if (fault.Quota == WsmanQuota.Commands)
            wire.End.Because(new ConnectionLost(Delivery.NotSent, $"The shell takes no more commands: {fault.Text}"));
    }

    // Servers of 2.2 and later take larger envelopes; an explicit smaller size of the options stays.
    private void Size(SessionCapability server)
    {
        var shell = wire.Link.Shell;
        if (server.Protocol >= new Version(2, 2) && wire.Options.Shell.MaxEnvelopeSize == ShellOptions.DefaultMaxEnvelopeSize)
            shell.MaxEnvelopeSize = ShellOptions.LargeMaxEnvelopeSize;
        pool.Fragmenter.BlobSize = shell.PayloadPerRequest() - FragmentHeader.Size;
    }

    private void Break(RemoteException reason)
    {
        _opened.TrySetException(reason);
        wire.End.Because(reason);
    }
}
