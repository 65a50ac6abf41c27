using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Looks until what should be so is so, or the patience is over.</summary>
/// <param name="before">What was read before the first step.</param>
/// <param name="progress">Told whenever the picture changes.</param>
internal sealed class PlanVerification(
    AgentContext context, ServerName server, Readings before, Action<IReadOnlyList<ConditionReading>> progress)
{
    public async Task<VerificationResult> WaitAsync(IReadOnlyCollection<Condition> conditions, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        var looks = context.Limits.VerifyPatience / context.Limits.VerifyEvery;
        var shown = "";
        for (var looked = 0; ; looked++)
        {
            var result = await LookAsync(conditions, cancellationToken).ConfigureAwait(false);
            // Counted as well as timed: the waits alone fill the patience, whatever the clock does.
            if (result.IsGood || looked >= looks || context.Time.GetElapsedTime(began) >= context.Limits.VerifyPatience)
                return result;
            var picture = string.Join('\n', result.Conditions.Select(reading => reading.Now));
            if (picture != shown)
                progress(result.Conditions);
            shown = picture;
            await Task.Delay(context.Limits.VerifyEvery, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<VerificationResult> LookAsync(IReadOnlyCollection<Condition> conditions, CancellationToken cancellationToken)
    {
        ReadOperation[] reads = [.. conditions.Select(condition => condition.Read).Concat(Worsening.Reads(before, server)).Distinct()];
        var now = await context.Reader.TakeAsync(Readings.Empty, reads, cancellationToken).ConfigureAwait(false);
        return new(
            [.. conditions.Select(condition => ConditionReading.Of(condition, before, now))],
            Worsening.Between(before, now, server, conditions));
    }
}

/// <summary>One look.</summary>
internal sealed record VerificationResult(IReadOnlyList<ConditionReading> Conditions, IReadOnlyList<Worsening> Worse)
{
    public IReadOnlyList<ConditionReading> Unmet => [.. Conditions.Where(reading => !reading.Holds)];

    public bool IsGood => Worse.Count == 0 && Conditions.All(reading => reading.Holds);
}
