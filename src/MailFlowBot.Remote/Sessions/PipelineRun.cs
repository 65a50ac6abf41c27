using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>One pipeline from its Command to its Terminate.</summary>
/// <remarks>
/// <para><c>broken</c>: fires when the session is dead; nothing is waited for then.</para>
/// </remarks>
internal sealed class PipelineRun(ShellLink link, PipelineClient pipeline, TimeSpan stopTimeout, TimeProvider time, CancellationToken broken)
{
    private readonly CommandId _command = new(pipeline.Id.Value);
    private readonly List<object?> _outputs = [];
    private readonly List<ErrorRecord> _errors = [];
    private readonly List<string> _warnings = [];
    private ErrorRecord? _reason;

    /// <summary>Set when the session can no longer be used after this run.</summary>
    public RemoteException? Fatal { get; private set; }

    /// <exception cref="OperationFailed">The server refused the command; it did not run.</exception>
    public async Task<InvocationOutcome> RunAsync(CancellationToken cancellation)
    {
        if (await StartAsync().ConfigureAwait(false) is { } lost)
            return lost;
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, broken);
        InvocationOutcome outcome;
        try
        {
            await ReceiveAsync(patience, waiting.Token, cancellation).ConfigureAwait(false);
            outcome = Outcome();
        }
        catch (Exception e) when (e is RemoteException or PsrpException or OperationCanceledException)
        {
            outcome = Lose(Delivery.Unknown, e, patience.IsCancellationRequested);

            // The end may be known all the same, and only what was to follow it got lost.
            if (pipeline.IsEnded)
                outcome = Outcome();
        }

        await TerminateAsync().ConfigureAwait(false);
        return outcome;
    }

    private async Task<InvocationOutcome?> StartAsync()
    {
        var fragments = pipeline.Start();
        for (var i = 0; i < fragments.Count; i++)
        {
            var request = i == 0
                ? link.Shell.Command(_command, fragments[i])
                : link.Shell.Send(WsmanNames.StandardInput, _command, fragments[i]);
            WsmanResponse response;
            try
            {
                response = await link.AskAsync(request, broken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is RemoteException or OperationCanceledException)
            {
                // A command whose request is incomplete cannot have run.
                var delivery = i < fragments.Count - 1 ? Delivery.NotSent : (e as ConnectionLost)?.Delivery ?? Delivery.Unknown;
                return Lose(delivery, e, timedOut: false);
            }

            if (response is WsmanResponse.Faulted { Fault: var fault })
                return Refused(fault);
        }

        return null;
    }

    private InvocationOutcome.Lost Refused(WsmanFault fault)
    {
        if (!fault.IsShellGone)
            throw new OperationFailed(fault, $"The server refused the command: {fault.Text} (code {fault.RawCode}).");
        return Lose(Delivery.NotSent, Gone(fault), timedOut: false);
    }

    private async Task ReceiveAsync(CancellationTokenSource patience, CancellationToken waiting, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellation.Register(() => cancelled.TrySetResult());
        var done = false;
        while (!pipeline.IsEnded || !done)
        {
            if (cancellation.IsCancellationRequested)
                await StopAsync(patience, waiting).ConfigureAwait(false);
            var receive = link.ReceiveAsync(_command, waiting);
            await Task.WhenAny(receive, cancelled.Task).ConfigureAwait(false);
            try
            {
                if (!receive.IsCompleted)
                    await StopAsync(patience, waiting).ConfigureAwait(false);
            }
            finally
            {
                // Observed also when the stop failed; both fail with the connection then.
                await Task.WhenAny(receive).ConfigureAwait(false);
            }

            switch (await receive.ConfigureAwait(false))
            {
                case WsmanResponse.Received received:
                    foreach (var block in received.Blocks)
                        await TakeAsync(pipeline.Receive(block.Content), waiting).ConfigureAwait(false);
                    if (received.State is { IsDone: true })
                    {
                        pipeline.Complete();
                        done = true;
                    }

                    break;
                case WsmanResponse.Faulted { Fault.IsTimeout: true }:
                    break;
                case WsmanResponse.Faulted { Fault: var fault }:
                    throw Gone(fault);
                case var other:
                    throw new InvalidOperationException($"A Receive was answered by {other.GetType().Name}.");
            }

            if (done && !pipeline.IsEnded)
                throw new ConnectionLost(Delivery.Unknown, "The command ended without saying how; its process may have died.");

            // The end is known; Done is only waited for so that the command can be freed in order.
            if (pipeline.IsEnded)
                patience.CancelAfter(stopTimeout);
        }
    }

    private async Task TakeAsync(IReadOnlyList<PipelineEvent> events, CancellationToken cancellation)
    {
        foreach (var happened in events)
        {
            switch (happened)
            {
                case PipelineEvent.OutputReceived output:
                    _outputs.Add(output.Value);
                    break;
                case PipelineEvent.ErrorReceived error:
                    _errors.Add(error.Error);
                    break;
                case PipelineEvent.WarningReceived warning:
                    _warnings.Add(warning.Record.Message);
                    break;
                case PipelineEvent.HostCallRefused { Answer.IsEmpty: false } call:
                    var answer = link.Shell.Send(WsmanNames.PromptResponse, _command, call.Answer);
                    await link.AskAsync(answer, cancellation).ConfigureAwait(false);
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
        patience.CancelAfter(stopTimeout);

        // A fault here says that the command is over already; the Receive tells how.
        await link.AskAsync(link.Shell.Stop(_command), cancellation).ConfigureAwait(false);
    }

    private async Task TerminateAsync()
    {
        using var limit = new CancellationTokenSource(stopTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, broken);
        try
        {
            // A fault says that the command is gone, which is what was wanted.
            await link.AskAsync(link.Shell.Terminate(_command), either.Token).ConfigureAwait(false);
        }
        catch (RemoteException e)
        {
            Fatal ??= e;
        }
        catch (OperationCanceledException e)
        {
            Fatal ??= new ConnectionLost(Delivery.Unknown, "The server did not free the command in time.", e);
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
            OperationCanceledException when timedOut => $"The command did not stop within {stopTimeout.TotalSeconds:0} s.",
            OperationCanceledException => "The session ended while the command ran.",
            _ => cause.Message,
        };
        Fatal ??= cause as RemoteException
            ?? (cause is PsrpException ? new ProtocolViolation(reason, cause) : new ConnectionLost(delivery, reason, cause));
        return new InvocationOutcome.Lost(delivery, reason, Streams());
    }

    private InvocationStreams Streams() => new(_outputs, _errors, _warnings);

    private static ConnectionLost Gone(WsmanFault fault) =>
        new(Delivery.Unknown, $"The server gave the session up: {fault.Text} (code {fault.RawCode}).");

    private static ErrorRecord Unexplained { get; } = ErrorRecord.Of(
        ErrorCategory.NotSpecified,
        "PipelineFailed",
        "System.Management.Automation.RuntimeException",
        "The pipeline failed and the server gave no reason.");
}
