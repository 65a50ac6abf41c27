using System.Text;
using MailFlowBot.Approvals;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remediations;

/// <summary>
/// Hands an approved plan with its grant to the agent and writes down what the agent reports. The only holder of the executor.
/// </summary>
/// <param name="lookAgain">Diagnoses the servers of an incident once more, quietly: a plan that follows is proposed.</param>
internal sealed class RunFix(
    IncidentLog log, IExchangeExecutor executor, ProposeFix propose,
    Func<MailFlowBot.Incidents.IncidentId, IReadOnlyList<ServerName>, bool, CancellationToken, Task> lookAgain)
{
    public async Task RunAsync(
        MailFlowBot.Incidents.IncidentId id, PlanProposed proposed, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        var plan = ExecutionPlan.FromJson(Encoding.UTF8.GetBytes(proposed.Plan));
        IReadOnlyList<ServerName> servers = [.. plan.Steps.Select(step => step.Server).Distinct()];
        await foreach (var report in executor.ExecuteAsync(grant, plan, cancellationToken).ConfigureAwait(false))
        {
            if (Happened(report, proposed.Digest) is { } happened)
                await log.AppendAsync(id, happened, cancellationToken).ConfigureAwait(false);
            switch (report)
            {
                // What one requester lifted another may still hold; and what drifted needs a plan for what is so now.
                case PlanVerified:
                    await lookAgain(id, servers, true, cancellationToken).ConfigureAwait(false);
                    break;
                case Drifted:
                    await lookAgain(id, servers, false, cancellationToken).ConfigureAwait(false);
                    break;
                case PlanMadeWorse { Inverse.Count: > 0 } worse:
                    await OfferInverseAsync(id, proposed, worse.Inverse, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>
    /// Ends what a former start left running: as the agent found out about plans it had begun or, where it has nothing to tell, as
    /// unknown with a fresh look. Nothing is sent.
    /// </summary>
    public async Task ResumeAsync(IIncidentStore store, IReadOnlyList<ExecutionReport> reports, CancellationToken cancellationToken)
    {
        foreach (var summary in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await log.FindAsync(summary.Id, cancellationToken).ConfigureAwait(false) is not { State: IncidentState.Running, Plan: { } plan })
                continue;
            var found = reports.Where(report => report.Plan.Value == plan.Digest).Select(report => Happened(report, plan.Digest))
                .OfType<IncidentEvent>().ToList();
            foreach (var happened in found)
                await log.AppendAsync(summary.Id, happened, cancellationToken).ConfigureAwait(false);
            if (found.Count > 0)
                continue;
            await log.AppendAsync(
                summary.Id,
                new ExecutionEnded(plan.Digest, "unknown", null, "the bot was stopped while the plan ran", [], null),
                cancellationToken).ConfigureAwait(false);
            await lookAgain(summary.Id, [.. plan.Steps.Select(step => new ServerName(step.Server)).Distinct()], false, cancellationToken).ConfigureAwait(false);
        }
    }

    // Whoever approved what made it worse does not count as having asked for the way back: nobody asked for it.
    private async Task OfferInverseAsync(
        MailFlowBot.Incidents.IncidentId id, PlanProposed proposed, IReadOnlyList<ChangeOperation> inverse, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } incident)
        {
            await propose.ProposeAsync(
                incident, PlanKind.Inverse, inverse, proposed.Requesters, new ProposeFix.Prose(null, null, [], []), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static IncidentEvent? Happened(ExecutionReport report, string digest)
    {
        var signature = report.Signature?.Signature.Value;
        ExecutionEnded Ended(string outcome, string? code, string? detail, IEnumerable<ConditionSeen> conditions) =>
            new(digest, outcome, code, detail is null ? null : Redaction.Redact(detail).Text, [.. conditions], signature);

        return report switch
        {
            Remote.Agent.StepStarted step => new Incidents.StepStarted(
                digest, step.Index, step.Operation.Id, step.Operation.Server.Value, CommandText.Of(step.Operation)),
            Remote.Agent.StepFinished step => new Incidents.StepFinished(
                digest, step.Index, OutcomeOf(step.Outcome), DetailOf(step.Outcome), Math.Round(step.Took.TotalMilliseconds, 1)),
            GrantRefused refused => Ended("grant-refused", Statements.Kebab(refused.Code), refused.Detail, []),
            Drifted drifted => Ended("drifted", "drift", null, drifted.Differences.Select(Seen)),
            GuardRefused refused => Ended(
                "guard-refused", Statements.Kebab(refused.Guard.Refusal ?? ChangeRefusal.NotSeen), $"{refused.Guard.Guard}: {refused.Guard.Reading}", []),
            PlanVerified verified => Ended("verified", null, null, verified.Conditions.Select(Seen)),
            PlanHeld held => new SecondLook(digest, Held: true, [.. held.Conditions.Select(Seen)]),
            PlanHadNoEffect nothing => Ended("no-effect", null, null, nothing.Unmet.Select(Seen)),
            PlanMadeWorse worse => Ended("worse", null, null, worse.Differences.Select(Seen)),
            Aborted aborted => Ended("aborted", "aborted", aborted.Detail, []),
            // The step that is unknown was told by its own report; the re-read that follows decides.
            OutcomeUnknown or VerificationProgress => null,
            _ => throw new InvalidOperationException($"A report of an unknown kind: {report}."),
        };
    }

    private static ConditionSeen Seen(ConditionReading reading) => new(
        Source(reading.Condition.Read), reading.Condition.Path, reading.Condition.Operand, reading.Before, reading.Now, reading.Holds);

    private static ConditionSeen Seen(Drift drift) => new(
        Source(drift.Condition.Read), drift.Condition.Path, drift.Condition.Operand, drift.Was, drift.Now, Holds: false);

    private static ConditionSeen Seen(Worsening worse) => new(Source(worse.Read), worse.Path, worse.Before, worse.Before, worse.Now, Holds: false);

    private static string Source(ReadOperation read) => read.Server is { } server ? $"{server} {read.Id}" : read.Id;

    private static string OutcomeOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeCompleted => "completed",
        ChangeFailed => "failed",
        ChangeStopped => "stopped",
        ChangeLost => "lost",
        _ => throw new InvalidOperationException($"An outcome without a name: {outcome}."),
    };

    private static string? DetailOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeFailed failed => Redaction.Redact(failed.Detail).Text,
        ChangeLost lost => Redaction.Redact(lost.Detail).Text,
        _ => null,
    };
}
