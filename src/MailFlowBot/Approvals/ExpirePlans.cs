using System.Collections.Concurrent;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;

namespace MailFlowBot.Approvals;

/// <summary>
/// Closes a plan on the card when its time is over, so that nobody presses a dead button. That an expired plan is never carried out does
/// not rest on this: the agent looks at its own clock.
/// </summary>
internal sealed class ExpirePlans(IncidentLog log, IIncidentStore store, Backlog backlog, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ITimer> _timers = new();

    /// <summary>Watches new plans, and those that were open when the process stopped last.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        log.Appended += Schedule;
        foreach (var summary in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await log.FindAsync(summary.Id, cancellationToken).ConfigureAwait(false) is { PlanIsOpen: true } open)
                Schedule(open);
        }
    }

    public void Dispose()
    {
        log.Appended -= Schedule;
        foreach (var timer in _timers.Values)
            timer.Dispose();
    }

    private void Schedule(Incident incident)
    {
        if (!incident.PlanIsOpen || incident.Plan is not { } plan || _timers.ContainsKey(plan.Digest))
            return;
        var due = plan.Expires - time.GetUtcNow();
        var timer = time.CreateTimer(
            _ => backlog.Run($"expiry of a plan of {incident.Id}", token => CloseAsync(incident.Id, plan.Digest, token)),
            null,
            due > TimeSpan.Zero ? due : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        if (!_timers.TryAdd(plan.Digest, timer))
            timer.Dispose();
    }

    private async Task CloseAsync(IncidentId id, string digest, CancellationToken cancellationToken)
    {
        await log.AppendAsync(
            id,
            state => state.PlanIsOpen && state.Plan?.Digest == digest ? [new PlanClosed(digest, "expired")] : [],
            cancellationToken).ConfigureAwait(false);
        if (_timers.TryRemove(digest, out var timer))
            await timer.DisposeAsync().ConfigureAwait(false);
    }
}
