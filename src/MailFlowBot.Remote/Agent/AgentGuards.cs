using System.Globalization;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// Guards that only an agent can ask, since they rest on what it did itself: repetition, rate, and the transport servers that may be
/// out at a time. Pure; the journal's state is passed in.
/// </summary>
internal static class AgentGuards
{
    public static IReadOnlyList<GuardReading> Check(
        PlanKind kind,
        IReadOnlyList<ChangeOperation> steps,
        Readings readings,
        JournalState journal,
        IReadOnlyCollection<ServerName> outages,
        AgentPolicy policy,
        AgentLimits limits,
        DateTimeOffset now)
    {
        var guards = new List<GuardReading> { Rate(steps.Count, journal, policy, now) };
        // The inverse undoes a change of this agent and is asked for when that went wrong; it repeats nothing.
        if (kind == PlanKind.Fix)
            guards.AddRange(steps.Select(step => Repeated(step, journal, limits, now)).Append(OneRequester(steps)).OfType<GuardReading>());
        if (steps.FirstOrDefault(TakesTransportOut) is { } restart)
            guards.Add(Budget(restart.Server, readings, outages, policy.OutAtATime));
        return guards;
    }

    public static bool TakesTransportOut(ChangeOperation step) =>
        step is RestartService restart && (restart.Service == WindowsService.Transport || restart.Service == WindowsService.Filtering);

    private static GuardReading Rate(int steps, JournalState journal, AgentPolicy policy, DateTimeOffset now)
    {
        var sent = journal.ChangesSince(now.AddHours(-1)).Count();
        var text = string.Create(CultureInfo.InvariantCulture, $"{sent}/{policy.ChangesPerHour}");
        return sent + steps > policy.ChangesPerHour
            ? GuardReading.Refuse("rate", text, ChangeRefusal.RateExceeded)
            : GuardReading.Pass("rate", text);
    }

    /// <summary>Restart guard 8, and three of the same in a week.</summary>
    private static GuardReading Repeated(ChangeOperation step, JournalState journal, AgentLimits limits, DateTimeOffset now)
    {
        const string Id = "repeated";
        var same = journal.ChangesSince(now - limits.Memory).Where(change => change.Change == step && Counts(change)).ToList();
        if (same.LastOrDefault() is { } last && now - last.At < limits.RepeatAfter)
            return GuardReading.Refuse(Id, $"{step.Id} on {step.Server} at {InstantText.Write(last.At)}", ChangeRefusal.Repeated);
        if (same.Count >= limits.SameChanges)
            return GuardReading.Refuse(Id, $"{step.Id} on {step.Server}: {same.Count} since {Since()}", ChangeRefusal.Repeated);
        var ineffective = journal.IneffectiveFixes(step.Server, now - limits.Memory);
        return ineffective >= limits.IneffectiveFixes
            ? GuardReading.Refuse(Id, $"{ineffective} fixes on {step.Server} without effect since {Since()}", ChangeRefusal.Repeated)
            : GuardReading.Pass(Id, same.Count == 0 ? "none" : $"{same.Count} since {Since()}");

        string Since() => InstantText.Write(now - limits.Memory);
    }

    /// <summary>An entry that the endpoint refused to set was not set; a service may have been stopped before its restart failed.</summary>
    private static bool Counts(ExecutedChange change) => change.Ending != StepEnding.Failed || change.Change is not SetComponentState;

    /// <summary>A second requester on a component is a second plan: after lifting the first entry the picture must be looked at anew.</summary>
    private static GuardReading? OneRequester(IReadOnlyList<ChangeOperation> steps)
    {
        var several = steps.OfType<SetComponentState>().GroupBy(step => step.Component).FirstOrDefault(group => group.Count() > 1);
        return several is null
            ? null
            : GuardReading.Refuse("one-requester", $"{several.Key} is set {several.Count()} times", ChangeRefusal.RequesterNotAllowed);
    }

    /// <summary>
    /// Transport servers of the DAG, else site, that are out: Inactive or Draining for whatever reason, not seen, or about to be
    /// restarted by another plan. Restarting a server that is out itself takes nothing more away. Before 2013 the service tells whether a
    /// hub is out.
    /// </summary>
    private static GuardReading Budget(
        ServerName server, Readings readings, IReadOnlyCollection<ServerName> outages, int outAtATime)
    {
        const string Id = "budget";
        var isOlder = Before2013.Holds(server, readings);
        if (readings.Inventory is not { } inventory || State(server) is not { } own)
            return GuardReading.Refuse(Id, $"{server} not seen", ChangeRefusal.NotSeen);
        if (own != ComponentState.Active)
            return GuardReading.Pass(Id, $"{server} {own}");
        var peersOut = (isOlder ? Before2013.HubsBeside(server, inventory) : inventory.PeersOf(server).Select(peer => peer.Name))
            .Where(peer => outages.Contains(peer) || State(peer) != ComponentState.Active)
            .Select(peer => outages.Contains(peer) ? $"{peer} restarting" : $"{peer} {State(peer)?.ToString() ?? "not seen"}")
            .ToList();
        var text = peersOut.Count == 0 ? "none out" : string.Join(", ", peersOut);
        return peersOut.Count + 1 > outAtATime
            ? GuardReading.Refuse(Id, text, ChangeRefusal.Budget)
            : GuardReading.Pass(Id, text);

        ComponentState? State(ServerName name) => isOlder
            ? Before2013.Transport(name, readings)
            : readings.Components(name)?.Find(ComponentName.HubTransport)?.State;
    }
}
