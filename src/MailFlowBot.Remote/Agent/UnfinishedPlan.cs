using System.Globalization;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// A plan that an earlier start of the agent began and did not end. What was sent is known from the journal; what became of it is read
/// from the server. Nothing is sent again and no further step is taken.
/// </summary>
internal sealed class UnfinishedPlan(AgentContext context, KnownPlan known)
{
    private readonly List<ExecutionReport> _reports = [];

    public async Task<IReadOnlyList<ExecutionReport>> ResolveAsync(CancellationToken cancellationToken)
    {
        List<ExecutedChange> sent = [.. context.Journal.State.ChangesOf(known.Digest)];
        if (sent.Count == 0)
        {
            End(PlanEnding.NotStarted, new Aborted("the agent was restarted before anything was sent"));
            return _reports;
        }

        if (sent[^1] is { Ending: null } last)
        {
            context.Append(new StepEnded(known.Digest, last.Index, StepEnding.Unknown, "the agent was restarted"));
            Report(new OutcomeUnknown(last.Index, "the agent was restarted before the answer came"));
        }

        Condition[] conditions = [.. sent.SelectMany(change => change.Verify).Distinct()];
        var look = await new PlanVerification(
                context, known.Plan.Steps[0].Server, Readings.Empty, seen => Report(new VerificationProgress(seen)))
            .WaitAsync(conditions, cancellationToken).ConfigureAwait(false);
        if (!look.IsGood)
            End(PlanEnding.NoEffect, new PlanHadNoEffect(look.Unmet));
        else if (sent.Count == known.Plan.Steps.Count)
            End(PlanEnding.Verified, new PlanVerified(look.Conditions));
        else
            End(PlanEnding.Interrupted, Partly(sent.Count));
        return _reports;
    }

    private Aborted Partly(int sent) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"the agent was restarted; {sent} of {known.Plan.Steps.Count} steps took effect, the rest takes a new plan"));

    private void End(PlanEnding ending, ExecutionReport report)
    {
        context.Append(new PlanEnded(known.Digest, ending, "after a restart of the agent"));
        Report(report);
    }

    private void Report(ExecutionReport report) => _reports.Add(context.Sign(report, known.Digest));
}
