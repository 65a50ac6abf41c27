using System.Threading.Channels;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Takes one begun plan to its end, whatever happens on the way; the reports always end with what is known.</summary>
internal sealed class PlanRun(AgentContext context, ServerTurns turns)
{
    /// <summary>Throws nothing.</summary>
    public async Task RunAsync(ExecutionPlan plan, ChannelWriter<ExecutionReport> reports, CancellationToken cancellationToken)
    {
        var digest = plan.Digest;
        var execution = new PlanExecution(context, plan, report => reports.TryWrite(context.Sign(report, digest)));
        try
        {
            // The second look, a quarter of an hour later, keeps no other plan waiting.
            var verified = await turns.InTurnAsync(
                plan.Steps[0].Server, () => execution.RunStepsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            if (verified)
                await execution.HoldAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(execution).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            execution.Break(Text(fault));
        }
        finally
        {
            reports.TryComplete();
        }
    }

    private static async Task StopAsync(PlanExecution execution)
    {
        try
        {
            await execution.StopAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            execution.Break($"stopped; {Text(fault)}");
        }
    }

    private static string Text(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";
}
