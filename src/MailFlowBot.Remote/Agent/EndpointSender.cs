using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// Carries out changes over remote sessions, each at most once: nothing here sends a command again that may have arrived. Checks no
/// grant; the execution agent alone holds it.
/// </summary>
internal sealed class EndpointSender(SessionPool sessions, EndpointDirectory endpoints)
{
    /// <exception cref="OperationCanceledException">The token fired before anything was sent.</exception>
    public async Task<ChangeOutcome> SendAsync(ChangeOperation change, CancellationToken cancellationToken)
    {
        ChangeCmdlet cmdlet;
        try
        {
            cmdlet = ChangeCmdlet.For(change);
        }
        catch (ArgumentException e)
        {
            return new ChangeFailed($"Not sent: {e.Message}");
        }

        if (endpoints.Find(cmdlet.Endpoint, change.Server) is not { } endpoint)
            return new ChangeFailed($"Not sent: {change.Server} has no {cmdlet.Endpoint} endpoint.");
        try
        {
            var outcome = await sessions.InvokeOnceAsync(endpoint, cmdlet.Command, cancellationToken).ConfigureAwait(false);
            return outcome switch
            {
                // Completed is not success: a cmdlet that could not ask for confirmation writes an error, completes and changed nothing.
                InvocationOutcome.Completed { HasErrors: true } refused => new ChangeFailed(ErrorReason.Detail(refused.Streams.Errors[0])),
                InvocationOutcome.Completed => new ChangeCompleted(),
                InvocationOutcome.Failed failed => new ChangeFailed(ErrorReason.Detail(failed.Error)),
                InvocationOutcome.NotAllowed refused => new ChangeFailed($"Not sent: {refused.Reason}"),
                InvocationOutcome.Stopped => new ChangeStopped(),
                InvocationOutcome.Lost { Delivery: Delivery.NotSent } lost => new ChangeFailed($"Not sent: {lost.Reason}"),
                InvocationOutcome.Lost lost => new ChangeLost(lost.Reason),
                _ => throw new InvalidOperationException($"No rule for {outcome.GetType().Name}."),
            };
        }
        catch (RemoteException e)
        {
            // The session could not be opened, or the server refused the command by a fault: it did not run.
            return new ChangeFailed($"Not sent: {e.Message}");
        }
    }
}
