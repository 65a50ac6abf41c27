using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// An open runspace pool at an endpoint. Runs one command at a time, in the order of the calls. Owns its transport.
/// </summary>
internal sealed class RemoteSession : IAsyncDisposable
{
    private const int MostRedirects = 5;

    private readonly IWsmanTransport _transport;
    private readonly SessionWire _wire;
    private readonly RunspacePoolClient _pool;
    private readonly PoolPump _pump;
    private readonly FairGate _gate = new();
    private Task _pumping = Task.CompletedTask;
    private int _closing;

    private RemoteSession(IWsmanTransport transport, RemoteSessionOptions options, TimeProvider time)
    {
        _transport = transport;
        _pool = new RunspacePoolClient(new PoolId(Guid.NewGuid()), options.Limits) { IsTransportEncrypted = options.IsTransportEncrypted };
        var link = new ShellLink(transport, new ShellClient(options.Shell, Guid.NewGuid), options.AnswerMargin, time);
        var end = new SessionEnd();
        _wire = new SessionWire(link, new ShellRecovery(link, new ShellReconnection(link), options, time), new ShellClosing(link, end, options, time), end, options, time);
        _pump = new PoolPump(_wire, _pool);
    }

    /// <summary>True when the session can no longer be used: dispose it and open another.</summary>
    public bool IsBroken => _wire.End.Reason is not null || Volatile.Read(ref _closing) != 0;

    /// <summary>Why it is broken; null while it is not, and when it was closed in order.</summary>
    public RemoteException? Reason => _wire.End.Reason;

    /// <summary>The server's version of PowerShell; null when it did not say.</summary>
    public Version? PowerShellVersion => _pump.PowerShellVersion;

    /// <exception cref="OperationFailed">The server refused the shell.</exception>
    /// <exception cref="AccessRefused">The account is not let in.</exception>
    /// <exception cref="ConnectionLost">No answer, or not opened within the open timeout.</exception>
    /// <exception cref="DamagedAnswer">The answer to the request for a shell is none.</exception>
    /// <exception cref="ProtocolViolation">The server speaks another version, or none.</exception>
    /// <exception cref="OperationCanceledException">The caller's token fired.</exception>
    public static async Task<RemoteSession> OpenAsync(
        IWsmanTransport transport, RemoteSessionOptions options, TimeProvider time, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            try
            {
                return await OpenHereAsync(transport, options, time, cancellation).ConfigureAwait(false);
            }
            catch (OperationFailed e) when (e.Fault is { Reaction: FaultReaction.Redirect, Location: not null } && redirects < MostRedirects
                && transport is HttpWsmanTransport)
            {
                var next = Follow((HttpWsmanTransport)transport, e.Fault.Location);
                options = options with { Shell = options.Shell with { To = next.Address.ToString() } };
                transport = next;
            }
        }
    }

    private static HttpWsmanTransport Follow(HttpWsmanTransport transport, string location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var to))
            throw new ConnectionLost(Delivery.NotSent, $"{transport.Address} redirects to '{location}', which is no address.");
        try
        {
            return transport.RedirectTo(to);
        }
        catch (TransportException e)
        {
            throw new ConnectionLost(e.Delivery, e.Message, e);
        }
    }

    private static async Task<RemoteSession> OpenHereAsync(
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
        CollectAsync(() => PipelineAsync(command), cancellation);

    /// <summary>
    /// Asks which commands the endpoint allows this account; the outputs are for <see cref="CommandMetadata.Read"/>.
    /// </summary>
    /// <inheritdoc cref="InvokeAsync"/>
    public Task<InvocationOutcome> GetCommandMetadataAsync(GetCommandMetadata query, CancellationToken cancellation) =>
        CollectAsync(() => Task.FromResult(_pool.GetCommandMetadata(new PipelineId(Guid.NewGuid()), query)), cancellation);

    /// <summary>
    /// Runs a command whose outputs are taken one by one, for answers too large to keep. Other calls wait until the result is disposed or
    /// its outputs were read to the end.
    /// </summary>
    /// <inheritdoc cref="InvokeAsync"/>
    public async Task<RemoteInvocation> StreamAsync(PsCommand command, CancellationToken cancellation)
    {
        var pass = await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        var invocation = new RemoteInvocation(cancellation);
        invocation.Start(() => RunAsync(() => PipelineAsync(command), invocation.DeliverAsync, invocation.StopRequested), pass);
        return invocation;
    }

    /// <summary>Deletes the shell on the server, which ends whatever still runs there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return;
        await _wire.Closing.DeleteAsync().ConfigureAwait(false);
        await _wire.End.CloseAsync().ConfigureAwait(false);
        await _pumping.ConfigureAwait(false);

        // Whoever is inside still looks at the token; all are quick now.
        using (await _gate.EnterAsync(CancellationToken.None).ConfigureAwait(false))
            _wire.End.Dispose();
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<PipelineClient> PipelineAsync(PsCommand command)
    {
        var request = new CreatePipeline([command]);
        var need = _pool.KeyNeeded(request);
        if (need == KeyNeed.EncryptedTransport)
        {
            throw new SecretNotSent(
                $"{_wire.Options.Shell.To} takes secrets unencrypted and the connection is not known to be encrypted; use HTTPS or Kerberos.");
        }

        if (need == KeyNeed.Exchange)
        {
            using var limit = new CancellationTokenSource(_wire.Options.StopTimeout, _wire.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _wire.End.Token);
            try
            {
                await _pump.OfferKeyAsync(either.Token).ConfigureAwait(false);
                await _pump.KeyReceived.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e)
            {
                throw new SecretNotSent("The server did not answer with a session key for the secret.", e);
            }
        }

        return _pool.CreatePipeline(new PipelineId(Guid.NewGuid()), request);
    }

    private async Task<InvocationOutcome> CollectAsync(Func<Task<PipelineClient>> create, CancellationToken cancellation)
    {
        using var pass = await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        var outputs = new List<object?>();
        var outcome = await RunAsync(
            create,
            batch =>
            {
                outputs.AddRange(batch);
                return ValueTask.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        return outcome with { Streams = outcome.Streams with { Outputs = outputs } };
    }

    private async Task<InvocationOutcome> RunAsync(
        Func<Task<PipelineClient>> create, Func<IReadOnlyList<object?>, ValueTask> deliver, CancellationToken stop)
    {
        if (IsBroken)
            return Unsent(_wire.End.Reason?.Message ?? "The session is closed.");
        try
        {
            return await new PipelineRun(_wire, await create().ConfigureAwait(false), deliver).RunAsync(stop).ConfigureAwait(false);
        }
        catch (OperationFailed e)
        {
            _pump.Heed(e.Fault);
            throw;
        }
        catch (PsrpException e)
        {
            // The pool has just ended, and the pump is about to say so.
            return Unsent(e.Message);
        }
        catch (ClixmlException e)
        {
            throw new ArgumentException($"A parameter of the command cannot be sent: {e.Message}", e);
        }
    }

    private static InvocationOutcome.Lost Unsent(string reason) => new(Delivery.NotSent, reason, InvocationStreams.Empty) { WasPosted = false };

    private async Task OpenAsync(CancellationToken cancellation)
    {
        var shell = _wire.Link.Shell;
        _wire.Closing.Opening(ShellId.From(_pool.Id.Value));
        try
        {
            var response = await _wire.Link.AskAsync(shell.Create(_pool.Id.Value, _pool.Open()), cancellation).ConfigureAwait(false);
            if (response is WsmanResponse.Faulted { Fault: var fault })
                throw Refusal(fault);
            if (shell.Shell is { } created)
                _wire.Closing.Opened(created.Id);
        }
        catch (RemoteException e) when (e.Delivery == Delivery.NotSent)
        {
            _wire.Closing.NotOpened();
            throw;
        }

        _pumping = _pump.RunAsync();
        await _pump.Opened.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private RemoteException Refusal(WsmanFault fault)
    {
        var message = $"{_wire.Options.Shell.To} refused a session: {fault.Text} (code {fault.RawCode}).";
        return fault.Code switch
        {
            WsmanFaultCode.LogonFailure => new AccessRefused(RefusedScope.Account, message),
            WsmanFaultCode.AccessDenied => new AccessRefused(RefusedScope.Endpoint, message),
            _ => new OperationFailed(fault, message),
        };
    }
}
