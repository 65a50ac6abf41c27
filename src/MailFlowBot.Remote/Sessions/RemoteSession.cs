using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// An open runspace pool at an endpoint. Runs one command at a time, in the order of the calls. A Receive of the pool is always
/// under way: servers count a shell without one as disconnected after some minutes, and the pool's end is told there.
/// </summary>
internal sealed class RemoteSession : IAsyncDisposable
{
    private readonly RemoteSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ShellLink _link;
    private readonly RunspacePoolClient _pool;
    private readonly FairGate _gate = new();
    private readonly CancellationTokenSource _broken = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _pump = Task.CompletedTask;
    private RemoteException? _reason;
    private int _closing;

    private RemoteSession(IWsmanTransport transport, RemoteSessionOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _pool = new RunspacePoolClient(new PoolId(Guid.NewGuid()), options.Limits);
        _link = new ShellLink(transport, new ShellClient(options.Shell, Guid.NewGuid), options.ReceiveRepeats);
    }

    /// <summary>True when the session can no longer be used: dispose it and open another.</summary>
    public bool IsBroken => Volatile.Read(ref _reason) is not null || Volatile.Read(ref _closing) != 0;

    /// <summary>The server's version of PowerShell; null when it did not say.</summary>
    public Version? PowerShellVersion { get; private set; }

    /// <exception cref="OperationFailed">The server refused the shell.</exception>
    /// <exception cref="ConnectionLost">No answer, or not opened within the open timeout.</exception>
    /// <exception cref="ProtocolViolation">The server speaks another version, or none.</exception>
    /// <exception cref="OperationCanceledException">The caller's token fired.</exception>
    public static async Task<RemoteSession> OpenAsync(
        IWsmanTransport transport, RemoteSessionOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var session = new RemoteSession(transport, options, time);
        using var limit = new CancellationTokenSource(options.OpenTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await session.OpenAsync(either.Token).ConfigureAwait(false);
            return session;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw new ConnectionLost(
                Delivery.Unknown,
                $"{options.Shell.To} did not open a session within {options.OpenTimeout.TotalSeconds:0} s; it may speak another protocol version.",
                e);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Runs a command and waits for its end. When the token fires after the command was sent, it is stopped and the outcome says
    /// how it ended: a cmdlet that was faster is Completed all the same.
    /// </summary>
    /// <exception cref="OperationFailed">The server refused the command; it did not run, and the session still is good.</exception>
    /// <exception cref="OperationCanceledException">The token fired before anything was sent.</exception>
    /// <exception cref="ArgumentException">A parameter's value cannot be sent.</exception>
    public Task<InvocationOutcome> InvokeAsync(PsCommand command, CancellationToken cancellation) =>
        RunAsync(() => _pool.CreatePipeline(new PipelineId(Guid.NewGuid()), new CreatePipeline([command])), cancellation);

    /// <summary>
    /// Asks which commands the endpoint allows this account; the outputs are for <see cref="CommandMetadata.Read"/>.
    /// </summary>
    /// <inheritdoc cref="InvokeAsync"/>
    public Task<InvocationOutcome> GetCommandMetadataAsync(GetCommandMetadata query, CancellationToken cancellation) =>
        RunAsync(() => _pool.GetCommandMetadata(new PipelineId(Guid.NewGuid()), query), cancellation);

    /// <summary>Deletes the shell on the server, which ends whatever still runs there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return;
        if (_link.Shell.Shell is not null)
            await DeleteAsync().ConfigureAwait(false);
        await _broken.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);

        // Whoever is inside still looks at the token; all are quick now.
        using var pass = await _gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        _broken.Dispose();
    }

    private async Task<InvocationOutcome> RunAsync(Func<PipelineClient> create, CancellationToken cancellation)
    {
        using var pass = await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (IsBroken)
            return Unsent(Volatile.Read(ref _reason)?.Message ?? "The session is closed.");
        PipelineClient pipeline;
        try
        {
            pipeline = create();
        }
        catch (PsrpException e)
        {
            // The pool has just ended, and the pump is about to say so.
            return Unsent(e.Message);
        }

        var run = new PipelineRun(_link, pipeline, _options.StopTimeout, _time, _broken.Token);
        try
        {
            var outcome = await run.RunAsync(cancellation).ConfigureAwait(false);
            if (run.Fatal is { } fatal)
                Break(fatal);
            return outcome;
        }
        catch (ClixmlException e)
        {
            throw new ArgumentException($"A parameter of the command cannot be sent: {e.Message}", e);
        }
    }

    private static InvocationOutcome.Lost Unsent(string reason) => new(Delivery.NotSent, reason, InvocationStreams.Empty);

    private async Task OpenAsync(CancellationToken cancellation)
    {
        var response = await _link.AskAsync(_link.Shell.Create(_pool.Id.Value, _pool.Open()), cancellation).ConfigureAwait(false);
        if (response is WsmanResponse.Faulted { Fault: var fault })
            throw new OperationFailed(fault, $"{_options.Shell.To} refused a session: {fault.Text} (code {fault.RawCode}).");
        _pump = PumpAsync(_broken.Token);
        await _opened.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends when the session does; never throws.</summary>
    private async Task PumpAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                switch (await _link.ReceiveAsync(command: null, cancellation).ConfigureAwait(false))
                {
                    case WsmanResponse.Received received:
                        foreach (var block in received.Blocks)
                            await TakeAsync(_pool.Receive(block.Content), cancellation).ConfigureAwait(false);
                        break;
                    case WsmanResponse.Faulted { Fault.IsTimeout: true }:
                        break;
                    case WsmanResponse.Faulted { Fault: var fault }:
                        Break(new ConnectionLost(Delivery.Unknown, $"The server gave the session up: {fault.Text} (code {fault.RawCode})."));
                        return;
                    case var other:
                        throw new InvalidOperationException($"A Receive was answered by {other.GetType().Name}.");
                }
            }
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
        }
    }

    private async Task TakeAsync(IReadOnlyList<PoolEvent> events, CancellationToken cancellation)
    {
        foreach (var happened in events)
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
                    await _link.AskAsync(_link.Shell.Send(WsmanNames.PromptResponse, null, call.Answer), cancellation).ConfigureAwait(false);
                    break;
                case PoolEvent.KeyRequested:
                    foreach (var fragment in _pool.OfferKey(PoolKeys.NewPair()))
                        await _link.AskAsync(_link.Shell.Send(WsmanNames.StandardInput, null, fragment), cancellation).ConfigureAwait(false);
                    break;
                case PoolEvent.HostCallRefused or PoolEvent.Closing or PoolEvent.Ignored or PoolEvent.KeyReceived or PoolEvent.Connected:
                    break;
                default:
                    throw new InvalidOperationException($"No rule for {happened.GetType().Name}.");
            }
        }
    }

    // Servers of 2.2 and later take larger envelopes; an explicit smaller size of the options stays.
    private void Size(SessionCapability server)
    {
        if (server.Protocol >= new Version(2, 2) && _options.Shell.MaxEnvelopeSize == ShellOptions.DefaultMaxEnvelopeSize)
            _link.Shell.MaxEnvelopeSize = ShellOptions.LargeMaxEnvelopeSize;
        _pool.Fragmenter.BlobSize = _link.Shell.PayloadPerRequest() - FragmentHeader.Size;
    }

    private void Break(RemoteException reason)
    {
        // The first reason is the cause; what follows are its consequences.
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
            return;
        _opened.TrySetException(reason);
        _broken.Cancel();
    }

    private async Task DeleteAsync()
    {
        using var limit = new CancellationTokenSource(_options.StopTimeout, _time);
        try
        {
            // A fault says that the shell is gone, which is what was wanted.
            await _link.AskAsync(_link.Shell.Delete(), limit.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            Break(e);
        }
        catch (OperationCanceledException e)
        {
            Break(new ConnectionLost(Delivery.Unknown, "The server did not delete the shell in time.", e));
        }
    }
}
