using System.Collections.Immutable;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// One run of one plan whose nonce was spent for it: look again at everything, then step by step write down, send once, write down
/// what came back, read back.
/// </summary>
internal sealed class PlanExecution(AgentContext context, ExecutionPlan plan, Action<ExecutionReport> report)
{
    private readonly PlanDigest _digest = plan.Digest;
    private readonly ServerName _server = plan.Steps[0].Server;
    private ImmutableList<ChangeOperation> _sent = [];
    private Readings _before = Readings.Empty;
    private bool _verified;

    /// <summary>Carries out the steps; true when the plan is verified and a second look is due.</summary>
    public async Task<bool> RunStepsAsync(CancellationToken cancellationToken)
    {
        var outages = plan.Steps.Any(AgentGuards.TakesTransportOut) ? context.Outages.Enter(_server) : null;
        try
        {
            return await StandsAsync(outages ?? context.Outages.All, cancellationToken).ConfigureAwait(false)
                && await StepsAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (outages is not null)
                context.Outages.Leave(_server);
        }
    }

    /// <summary>The second look.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(context.Limits.HeldAfter, context.Time, cancellationToken).ConfigureAwait(false);
        var look = await Verification().LookAsync(Conditions(), cancellationToken).ConfigureAwait(false);
        if (look.IsGood)
            End(PlanEnding.Held, new PlanHeld(look.Conditions));
        else
            Conclude(look);
    }

    /// <summary>Ends a run that was stopped from outside, with one more look at what was sent.</summary>
    public async Task StopAsync()
    {
        if (!_verified && !_sent.IsEmpty)
        {
            // The stop must not keep us from seeing what the change did; the reader has time limits of its own.
            var look = await Verification().LookAsync(Conditions(), CancellationToken.None).ConfigureAwait(false);
            report(new VerificationProgress(look.Conditions));
        }

        Abort("stopped");
    }

    /// <summary>Ends a run that something broke.</summary>
    public void Break(string detail)
    {
        try
        {
            Abort(detail);
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            report(new Aborted($"{detail}; {fault.Message}"));
        }
    }

    /// <summary>All preconditions and guards on values read now.</summary>
    private async Task<bool> StandsAsync(IReadOnlyCollection<ServerName> outages, CancellationToken cancellationToken)
    {
        if (context.PeopleNow >= plan.Expiry)
        {
            Abort("the plan expired while another one was carried out on the server");
            return false;
        }

        _before = await context.Reader.ForStepsAsync(
            plan.Steps, plan.Preconditions.Select(condition => condition.Read).Distinct(), cancellationToken).ConfigureAwait(false);
        if (Drift.Of(plan.Preconditions, _before) is { Count: > 0 } drift)
            return Stop(new Drifted(drift), "drift");
        return Passes(context.Judge(plan.Kind, plan.Steps, _before, outages));
    }

    private async Task<bool> StepsAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (i > 0 && !await StillStandsAsync(i, cancellationToken).ConfigureAwait(false))
                return false;
            if (context.Journal.State.Freeze is { } freeze)
            {
                Abort($"changes were frozen: {freeze.Reason}");
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var ending = await SendAsync(i, cancellationToken).ConfigureAwait(false);
            var look = await ReadBackAsync(plan.Steps[i], ending, cancellationToken).ConfigureAwait(false);
            if (ending == StepEnding.Failed || !look.IsGood)
            {
                Conclude(look);
                return false;
            }
        }

        var last = await Verification().WaitAsync(Conditions(), cancellationToken).ConfigureAwait(false);
        if (last.IsGood)
            End(PlanEnding.Verified, new PlanVerified(last.Conditions));
        else
            Conclude(last);
        return last.IsGood;
    }

    private async Task<VerificationResult> ReadBackAsync(ChangeOperation step, StepEnding ending, CancellationToken cancellationToken)
    {
        if (ending == StepEnding.Failed)
        {
            // The endpoint said no: there is no effect to wait for, unless something is on its way down.
            var look = await Verification().LookAsync(Conditions(), cancellationToken).ConfigureAwait(false);
            if (look.Worse.Count == 0)
                return look;
        }

        return await Verification().WaitAsync(step.Verify(_before), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Before a later step: what the steps so far did not alter themselves must still be so.</summary>
    private async Task<bool> StillStandsAsync(int next, CancellationToken cancellationToken)
    {
        var rest = plan.Steps.Skip(next).ToList();
        var conditions = plan.Preconditions.Where(condition => !_sent.Any(step => step.Alters(condition))).ToList();
        var now = await context.Reader.ForStepsAsync(rest, conditions.Select(condition => condition.Read).Distinct(), cancellationToken)
            .ConfigureAwait(false);
        if (Drift.Of(conditions, now) is { Count: > 0 } drift)
            return Stop(new Drifted(drift), "drift");
        var guards = rest.SelectMany(step => step.Guards).Where(guard => !guard.JudgedBeforePlan).Distinct();
        return Passes(Judgement.Of(plan.Class, [.. guards.Select(guard => guard.Check(now, context.Time.GetUtcNow()))]));
    }

    private bool Passes(Judgement judgement) =>
        judgement.Class <= plan.Class
        || Stop(
            new GuardRefused(judgement.Guards.FirstOrDefault(guard => guard.Effect == GuardEffect.Refuses)
                ?? judgement.Guards.First(guard => guard.Effect == GuardEffect.RaisesToB)),
            "guard");

    private async Task<StepEnding> SendAsync(int index, CancellationToken cancellationToken)
    {
        var step = plan.Steps[index];
        context.Append(new StepIntended(_digest, index, step, step.Inverse(_before), step.Verify(_before)));
        _sent = _sent.Add(step);
        report(new StepStarted(index, step));
        var began = context.Time.GetUtcNow();
        var outcome = await OutcomeAsync(step, cancellationToken).ConfigureAwait(false);
        var took = context.Time.GetUtcNow() - began;
        var (ending, detail) = outcome switch
        {
            ChangeCompleted => (StepEnding.Completed, ""),
            ChangeFailed failed => (StepEnding.Failed, failed.Detail),
            ChangeStopped => (StepEnding.Unknown, "stopped before it was complete"),
            ChangeLost lost => (StepEnding.Unknown, lost.Detail),
            _ => throw new InvalidOperationException($"An outcome of type {outcome.GetType().Name} has no meaning."),
        };
        context.Append(new StepEnded(_digest, index, ending, detail));
        report(new StepFinished(index, outcome, took));
        if (ending == StepEnding.Unknown)
            report(new OutcomeUnknown(index, detail));
        return ending;
    }

    private async Task<ChangeOutcome> OutcomeAsync(ChangeOperation step, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(context.Limits.SendPatience, context.People);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await context.Send(step, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new ChangeStopped();
        }
        catch (Exception fault)
        {
            // Whatever broke, the change may have been sent: that must be said and read back, never lost.
            return new ChangeLost($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private void Conclude(VerificationResult look)
    {
        if (look.Worse.Count > 0)
            End(PlanEnding.Worse, new PlanMadeWorse(look.Worse, Inverse()));
        else
            End(PlanEnding.NoEffect, new PlanHadNoEffect(look.Unmet));
    }

    private void Abort(string detail)
    {
        if (_verified)
            report(new Aborted($"the second look was not made: {detail}"));
        else
            End(_sent.IsEmpty ? PlanEnding.NotStarted : PlanEnding.Interrupted, new Aborted(detail), detail);
    }

    private IReadOnlyList<ChangeOperation> Inverse() =>
        [.. _sent.Reverse().Select(step => step.Inverse(_before)).OfType<ChangeOperation>()];

    private bool Stop(ExecutionReport refusal, string detail)
    {
        End(_sent.IsEmpty ? PlanEnding.NotStarted : PlanEnding.Interrupted, refusal, detail);
        return false;
    }

    private void End(PlanEnding ending, ExecutionReport last, string detail = "")
    {
        context.Append(new PlanEnded(_digest, ending, detail));
        _verified |= ending == PlanEnding.Verified;
        report(last);
    }

    private PlanVerification Verification() =>
        new(context, _server, _before, conditions => report(new VerificationProgress(conditions)));

    /// <summary>What all steps sent so far are to bring about.</summary>
    private IReadOnlyList<Condition> Conditions() => [.. _sent.SelectMany(step => step.Verify(_before)).Distinct()];
}
