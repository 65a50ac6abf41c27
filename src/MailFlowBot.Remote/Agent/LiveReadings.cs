using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Reads for the agent itself, within its budget. What cannot be asked any more stays unread, and guards treat that as not seen.</summary>
internal sealed class LiveReadings(IExchangeReader reader, AgentLimits limits, TimeProvider people)
{
    /// <summary>
    /// Everything the steps need to be judged. The inventory comes first and alone: a server it does not name is asked nothing.
    /// </summary>
    public async Task<Readings> ForStepsAsync(
        IReadOnlyList<ChangeOperation> steps, IEnumerable<ReadOperation> also, CancellationToken cancellationToken)
    {
        var readings = await TakeAsync(Readings.Empty, [new ReadInventory()], cancellationToken).ConfigureAwait(false);
        if (readings.Inventory is not { } inventory || steps.Any(step => inventory.Find(step.Server) is null))
            return readings;
        var wanted = also.ToList();
        for (var round = 0; round < limits.ReadRounds; round++)
        {
            var needs = steps.SelectMany(step => step.Needs(readings)).Concat(wanted).Distinct().Where(read => !readings.Has(read)).ToList();
            if (needs.Count == 0)
                break;
            readings = await TakeAsync(readings, needs, cancellationToken).ConfigureAwait(false);
        }

        return readings;
    }

    /// <summary>Asks each read anew, all at once, and lays the answers over what is known.</summary>
    public async Task<Readings> TakeAsync(
        Readings known, IReadOnlyCollection<ReadOperation> reads, CancellationToken cancellationToken)
    {
        var left = Math.Max(0, limits.ReadsPerPlan - known.All.Count(answer => !reads.Contains(answer.Read)));
        var answers = await Task.WhenAll(reads.Distinct().Take(left).Select(read => AskAsync(read, cancellationToken)))
            .ConfigureAwait(false);
        return answers.Aggregate(known, (readings, answer) => readings.With(answer));
    }

    private async Task<ReadAnswer> AskAsync(ReadOperation read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.ReadPatience, people);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await reader.ReadAsync(read, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NotSeen(read, NotSeenReason.TimedOut, $"no answer within {limits.ReadPatience.TotalSeconds:0} s", people.GetUtcNow());
        }
    }
}
