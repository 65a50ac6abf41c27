using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>One pipeline from its Command to its Terminate.</summary>
/// <remarks>
/// <para><c>deliver</c>: takes the outputs of one answer; the next answer is asked for when it is done.</para>
/// </remarks>
internal sealed class PipelineRun(SessionWire wire, PipelineClient pipeline, Func<IReadOnlyList<object?>, ValueTask> deliver)
{
    private const int StopAttempts = 3;

    private readonly CommandId _command = new(pipeline.Id.Value);
    private readonly List<ErrorRecord> _errors = [];
    private readonly List<string> _warnings = [];
    private ErrorRecord? _reason;
    private string? _unconfirmed;

    /// <summary>Set when the session can no longer be used after this run.</summary>
    private RemoteException? _fatal;

    /// <param name="stop">When it fires the command is stopped, and the outcome tells how that went.</param>
    /// <exception cref="OperationFailed">The server refused the command; it did not run.</exception>
    public async Task<InvocationOutcome> RunAsync(CancellationToken stop)
    {
        switch (await PipelineStart.SendAsync(wire, _command, pipeline.Start()).ConfigureAwait(false))
        {
            case PipelineStart.Lost lost:
                return End(Lose(lost.Delivery, lost.Cause, timedOut: false));
            case PipelineStart.Unconfirmed unconfirmed:
                _unconfirmed = unconfirmed.Reason;
                break;
        }

        var outcome = await ReceiveAsync(stop).ConfigureAwait(false);
        await TerminateAsync().ConfigureAwait(false);
        return End(outcome);
    }

    private async Task<InvocationOutcome> ReceiveAsync(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, wire.Time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, wire.End.Token);
        try
        {
            await ReceiveAsync(patience, waiting.Token, stop).ConfigureAwait(false);
            return Outcome();
        }
        catch (NeverArrived e)
        {
            return await ProveUnsentAsync(e).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RemoteException or PsrpException or OperationCanceledException)
        {
            var lost = Lose(Delivery.Unknown, e, patience.IsCancellationRequested);

            // The end may be known all the same, and only what was to follow it got lost.
            return pipeline.IsEnded ? Outcome() : lost;
        }
    }

    private async Task ReceiveAsync(CancellationTokenSource patience, CancellationToken waiting, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(() => stopped.TrySetResult());
        var done = false;
        while (!pipeline.IsEnded || !done)
        {
            if (stop.IsCancellationRequested)
                await StopAsync(patience, waiting).ConfigureAwait(false);
            var receive = wire.Recovery.ReceiveAsync(_command, waiting);
            await Task.WhenAny(receive, stopped.Task).ConfigureAwait(false);
            try
            {
                if (!receive.IsCompleted)
                    await StopAsync(patience, waiting).ConfigureAwait(false);
            }
            finally
            {
                // Observed also when the stop failed; both end with the patience then.
                await Task.WhenAny(receive).ConfigureAwait(false);
            }

            done |= await TakeAsync(await receive.ConfigureAwait(false), waiting).ConfigureAwait(false);
            if (done && !pipeline.IsEnded)
                throw new ConnectionLost(Delivery.Unknown, "The command ended without saying how; its process may have died.");

            // The end is known; Done is only waited for so that the command can be freed in order.
            if (pipeline.IsEnded)
                patience.CancelAfter(wire.Options.StopTimeout);
        }
    }

    /// <summary>True when the server says that no more follows.</summary>
    private async Task<bool> TakeAsync(ReceivedAnswer answer, CancellationToken waiting)
    {
        switch (answer.Response)
        {
            case WsmanResponse.Received received:
                _unconfirmed = null;
                if (answer.IsRepeat)
                    pipeline.Replay();
                var outputs = new List<object?>();
                foreach (var block in received.Blocks)
                    await TakeAsync(pipeline.Receive(block.Content), outputs, waiting).ConfigureAwait(false);
                pipeline.Settle();
                if (outputs.Count > 0)
                    await deliver(outputs).ConfigureAwait(false);
                if (received.State is not { IsDone: true })
                    return false;
                pipeline.Complete();
                return true;
            case WsmanResponse.Faulted { Fault.IsTimeout: true }:
                _unconfirmed = null;
                return false;
            case WsmanResponse.Faulted { Fault: { Code: WsmanFaultCode.InvalidSelectors } fault } when _unconfirmed is not null:
                throw new NeverArrived($"{_unconfirmed} The server does not know the command: {fault.Text}");
            case WsmanResponse.Faulted { Fault: var fault }:
                throw new ConnectionLost(Delivery.Unknown, $"The server gave the session up: {fault.Text} (code {fault.RawCode}).");
            default:
                throw new InvalidOperationException($"A Receive was answered by {answer.Response.GetType().Name}.");
        }
    }

    private async Task TakeAsync(IReadOnlyList<PipelineEvent> events, List<object?> outputs, CancellationToken cancellation)
    {
        foreach (var happened in events)
        {
            switch (happened)
            {
                case PipelineEvent.OutputReceived output:
                    outputs.Add(output.Value);
                    break;
                case PipelineEvent.ErrorReceived error:
                    _errors.Add(error.Error);
                    break;
                case PipelineEvent.WarningReceived warning:
                    _warnings.Add(warning.Record.Message);
                    break;
                case PipelineEvent.HostCallRefused { Answer.IsEmpty: false } call:
                    var answer = wire.Link.Shell.Send(WsmanNames.PromptResponse, _command, call.Answer);
                    await wire.Link.AskAsync(answer, cancellation).ConfigureAwait(false);
                    break;
                case PipelineEvent.Ended ended:
                    _reason = ended.Reason;
                    break;
                case PipelineEvent.HostCallRefused or PipelineEvent.VerboseReceived or PipelineEvent.DebugReceived
                    or PipelineEvent.ProgressReceived or PipelineEvent.InformationReceived or PipelineEvent.Ignored:
                    break;
                default:
                    throw new InvalidOperationException($"No rule for {happened.GetType().Name}.");
            }
        }
    }

    private async Task StopAsync(CancellationTokenSource patience, CancellationToken cancellation)
    {
        if (pipeline.State != PipelineState.Running)
            return;
        pipeline.Stop();
        patience.CancelAfter(wire.Options.StopTimeout);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // A fault here says that the command is over already; the Receive tells how.
                await wire.Link.AskAsync(wire.Link.Shell.Stop(_command), cancellation).ConfigureAwait(false);
                return;
            }
            catch (RemoteException) when (attempt < StopAttempts)
            {
                // To ask for a stop twice does no harm.
            }
        }
    }

    /// <summary>
    /// An unknown command means either that it never came or that the whole shell is new or gone. A shell that the server can delete did
    /// live until now, so the command never ran, and it cannot come late any more.
    /// </summary>
    private async Task<InvocationOutcome> ProveUnsentAsync(NeverArrived cause)
    {
        var delivery = await wire.Closing.DeleteAsync().ConfigureAwait(false) ? Delivery.NotSent : Delivery.Unknown;
        return Lose(delivery, new ConnectionLost(delivery, cause.Message, cause), timedOut: false);
    }

    private async Task TerminateAsync()
    {
        if (wire.Closing.IsDeleted)
            return;
        using var limit = new CancellationTokenSource(wire.Options.StopTimeout, wire.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, wire.End.Token);
        try
        {
            // A fault says that the command is gone, which is what was wanted.
            await wire.Link.AskAsync(wire.Link.Shell.Terminate(_command), either.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            _fatal ??= e;
        }
        catch (OperationCanceledException e)
        {
            _fatal ??= new ConnectionLost(Delivery.Unknown, "The server did not free the command in time.", e);
        }
    }

    private InvocationOutcome Outcome() => pipeline.State switch
    {
        PipelineState.Completed => new InvocationOutcome.Completed(Streams()),
        PipelineState.Stopped => new InvocationOutcome.Stopped(Streams()),
        _ => new InvocationOutcome.Failed(_reason ?? Unexplained, Streams()),
    };

    private InvocationOutcome.Lost Lose(Delivery delivery, Exception cause, bool timedOut)
    {
        var reason = cause switch
        {
            OperationCanceledException when timedOut => $"The command did not stop within {wire.Options.StopTimeout.TotalSeconds:0} s.",
            OperationCanceledException => wire.End.Reason?.Message ?? "The session was closed while the command ran.",
            _ => cause.Message,
        };
        _fatal ??= cause as RemoteException
            ?? (cause is PsrpException ? new ProtocolViolation(reason, cause) : new ConnectionLost(delivery, reason, cause));
        return new InvocationOutcome.Lost(delivery, reason, Streams());
    }

    private InvocationOutcome End(InvocationOutcome outcome)
    {
        if (_fatal is not null)
            wire.End.Because(_fatal);
        return outcome;
    }

    private InvocationStreams Streams() => new([], _errors, _warnings);

    private static ErrorRecord Unexplained { get; } = ErrorRecord.Of(
        ErrorCategory.NotSpecified,
        "PipelineFailed",
        "System.Management.Automation.RuntimeException",
        "The pipeline failed and the server gave no reason.");

    private sealed class NeverArrived(string message) : Exception(message);
}
