using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The server's end of a remote session: an endpoint in NoLanguage mode whose commands are run by one handler. Envelopes in,
/// envelopes out; join it to a client with <see cref="InMemoryTransport"/> or put it behind HTTP.
/// </summary>
/// <remarks>
/// <para>
/// <c>handler</c>: runs one command; its token fires when the client stops it. What it throws becomes a terminating error.
/// </para>
/// </remarks>
internal sealed class EndpointServer(
    EndpointServerOptions options, Func<ServedPipeline, CancellationToken, Task<PipelineResult>> handler, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly ShellServer _shells = new(options.Shells, Guid.NewGuid);
    private readonly Dictionary<ShellId, ServedPool> _pools = [];
    private readonly HashSet<Task> _running = [];
    private readonly PipelineRunner _runner = new(options.Commands, handler);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many shells are open.</summary>
    public int ShellCount
    {
        get
        {
            lock (_sync)
                return _shells.Shells.Count;
        }
    }

    /// <summary>How many commands were not terminated yet, over all shells.</summary>
    public int CommandCount
    {
        get
        {
            lock (_sync)
                return _shells.Shells.Sum(_shells.CommandCount);
        }
    }

    /// <summary>The same as <see cref="AnswerAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, as a transport wants it.</summary>
    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(envelope, cancellation).ConfigureAwait(false);
        return new WsmanReply(answer.HttpStatus, answer.Envelope);
    }

    /// <summary>One envelope in, its answer out. A Receive waits for output as long as its OperationTimeout says.</summary>
    public Task<WsmanAnswer> AnswerAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) =>
        AnswerAsync(envelope, options.Shells.Caller, cancellation);

    /// <summary>The same for a caller whom the transport knows.</summary>
    public async Task<WsmanAnswer> AnswerAsync(ReadOnlyMemory<byte> envelope, ShellCaller caller, CancellationToken cancellation)
    {
        ReceiveTicket ticket;
        lock (_sync)
        {
            Expire();
            var step = _shells.Receive(envelope, caller, time.GetUtcNow());
            if (step is not ShellStep.Polling polling)
                return Act(step);
            ticket = polling.Ticket;
        }

        return await WaitAsync(ticket, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends the shells that were left alone for too long. Every request does so, too.</summary>
    public void Expire()
    {
        lock (_sync)
        {
            foreach (var shell in _shells.Expire(time.GetUtcNow()))
            {
                if (_pools.Remove(shell, out var pool))
                    Close(pool);
                Changed();
            }
        }
    }

    /// <summary>Stops what runs, waits for it and forgets all shells.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_sync)
        {
            foreach (var pool in _pools.Values)
                Close(pool);
            _pools.Clear();
            _shells.Clear();
            Changed();
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task<WsmanAnswer> WaitAsync(ReceiveTicket ticket, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_sync)
            {
                if (_shells.Poll(ticket, time.GetUtcNow()) is { } answer)
                    return answer;
                changed = _changed.Task;
            }

            var left = ticket.Timeout - time.GetElapsedTime(start);
            try
            {
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                lock (_sync)
                    return _shells.TimeOut(ticket, time.GetUtcNow());
            }
            catch (OperationCanceledException)
            {
                lock (_sync)
                    _shells.Abandon(ticket);
                throw;
            }
        }
    }

    private WsmanAnswer Act(ShellStep step)
    {
        try
        {
            switch (step)
            {
                case ShellStep.Answered answered:
                    return answered.Answer;
                case ShellStep.ShellRequested created:
                    var pool = new ServedPool(
                        created.Shell, new RunspacePoolServer(new ApplicationPrivateData(options.PowerShellVersion), options.Limits));
                    Serve(pool, pool.Machine.Receive(created.CreationXml));
                    _pools.Add(created.Shell, pool);
                    return created.Answer;
                case ShellStep.CommandRequested started:
                    Start(_pools[started.Shell], started);
                    return started.Answer;
                case ShellStep.InputReceived { Command: { } id } input:
                    var target = _pools[input.Shell].Commands[id];
                    Serve(
                        _pools[input.Shell],
                        id,
                        target,
                        IsPrompt(input) ? target.Machine.ReceivePrompt(input.Content) : target.Machine.Receive(input.Content));
                    return input.Answer;
                case ShellStep.InputReceived input:
                    var owner = _pools[input.Shell];
                    Serve(owner, IsPrompt(input) ? owner.Machine.ReceivePrompt(input.Content) : owner.Machine.Receive(input.Content));
                    return input.Answer;
                case ShellStep.StopRequested stop:
                    Track(_pools[stop.Shell].Commands[stop.Command].StopAsync());
                    return stop.Answer;
                case ShellStep.CommandClosed closed:
                    if (_pools[closed.Shell].Commands.Remove(closed.Command, out var command))
                        Track(command.CloseAsync());
                    Changed();
                    return closed.Answer;
                case ShellStep.ShellDisconnected left:
                    Changed();
                    return left.Answer;
                case ShellStep.ConnectRequested connect:
                    var taken = _pools[connect.Shell].Machine.Connect(connect.ConnectXml);
                    var handedOver = _shells.Connect(connect, taken.Response);
                    Send(connect.Shell, null, taken.Answer);
                    return handedOver;
                case ShellStep.CommandConnected connected:
                    if (_pools[connected.Shell].Commands.TryGetValue(connected.Command, out var resumed))
                        resumed.Machine.Connect();
                    return connected.Answer;
                case ShellStep.ShellDeleted deleted:
                    if (_pools.Remove(deleted.Shell, out var gone))
                        Close(gone);
                    Changed();
                    return deleted.Answer;
                default:
                    throw new InvalidOperationException($"No rule for {step.GetType().Name}.");
            }
        }
        catch (PsrpException e)
        {
            return _shells.Reject(step, new WsmanFault(Refusal(step), null, e.Message));
        }
    }

    private static bool IsPrompt(ShellStep.InputReceived input) => input.Stream == WsmanNames.PromptResponse;

    private static WsmanFaultCode Refusal(ShellStep step) => step switch
    {
        ShellStep.CommandRequested => WsmanFaultCode.PluginBadArguments,
        ShellStep.ConnectRequested => WsmanFaultCode.PluginConnectRefused,
        _ => WsmanFaultCode.PluginManagedException,
    };

    private void Serve(ServedPool pool, IReadOnlyList<PoolRequest> requests)
    {
        foreach (var request in requests)
        {
            Send(pool.Shell, null, request switch
            {
                PoolRequest.Negotiated negotiated => negotiated.Answer,
                PoolRequest.VersionRefused refused => refused.Answer,
                PoolRequest.Opened opened => opened.Answer,
                PoolRequest.AvailabilityAsked asked => asked.Answer,
                PoolRequest.KeyOffered => pool.Machine.GiveKey(PoolKeys.NewSessionKey()),
                PoolRequest.HostAnswered or PoolRequest.Ignored => default,
                _ => throw new InvalidOperationException($"No rule for {request.GetType().Name}."),
            });
        }
    }

    private void Start(ServedPool pool, ShellStep.CommandRequested started)
    {
        var command = new ServedCommand(pool.Machine.Accept());
        var requests = command.Machine.Receive(started.Arguments);
        pool.Commands.Add(started.Command, command);
        Serve(pool, started.Command, command, requests);
    }

    private void Serve(ServedPool pool, CommandId id, ServedCommand command, IReadOnlyList<PipelineRequest> requests)
    {
        foreach (var request in requests)
        {
            switch (request)
            {
                case PipelineRequest.Run run:
                    Track(RunAsync(pool, id, command, run.Pipeline));
                    break;
                case PipelineRequest.Metadata metadata:
                    Describe(pool.Shell, id, command, metadata.Query);
                    break;
                case PipelineRequest.InputReceived or PipelineRequest.InputEnded or PipelineRequest.HostAnswered or PipelineRequest.Ignored:
                    break;
                default:
                    throw new InvalidOperationException($"No rule for {request.GetType().Name}.");
            }
        }
    }

    private async Task RunAsync(ServedPool pool, CommandId id, ServedCommand command, CreatePipeline pipeline)
    {
        // Off the caller's lock: the handler is a stranger and may take its time.
        await Task.Yield();
        var (state, reason) = await _runner
            .RunAsync(pool, command, pipeline, content => Output(pool.Shell, id, command, content))
            .ConfigureAwait(false);
        lock (_sync)
        {
            Output(pool.Shell, id, command, command.Machine.End(state, reason));
            _shells.Finish(pool.Shell, id);
            command.Dispose();
            Changed();
        }
    }

    private void Describe(ShellId shell, CommandId id, ServedCommand command, GetCommandMetadata query)
    {
        var found = CommandNames.Matching(options.Commands ?? [], query.Names);
        Output(shell, id, command, command.Machine.Output(CommandMetadata.Count(found.Count)));
        foreach (var metadata in found)
            Output(shell, id, command, command.Machine.Output(metadata.ToObject()));
        Output(shell, id, command, command.Machine.End(PipelineState.Completed));
        _shells.Finish(shell, id);
        command.Dispose();
        Changed();
    }

    private void Output(ShellId shell, CommandId id, ServedCommand command, ReadOnlyMemory<byte> content)
    {
        lock (_sync)
        {
            if (!command.IsClosed)
                Send(shell, id, content);
        }
    }

    private void Send(ShellId shell, CommandId? command, ReadOnlyMemory<byte> content)
    {
        _shells.Enqueue(shell, command, content);
        Changed();
    }

    private void Close(ServedPool pool)
    {
        foreach (var command in pool.Commands.Values)
            Track(command.CloseAsync());
    }

    private void Track(Task task)
    {
        _running.RemoveWhere(other => other.IsCompletedSuccessfully);
        _running.Add(task);
    }

    private void Changed()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
