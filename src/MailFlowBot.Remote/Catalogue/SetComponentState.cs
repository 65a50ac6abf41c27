namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Sets one requester's entry for one component. To Active: the fix of KB 2866822. To anything else: only as the inverse of an executed
/// reset, which the agent checks in its journal.
/// </summary>
public sealed record SetComponentState(ServerName Server, ComponentName Component, Requester Requester, ComponentState State)
    : ChangeOperation(Server)
{
    public override string Id => "set-component-state";

    public override Reversibility Reversibility => Reversibility.Reversible;

    public override ChangeClass LowestClass => State == ComponentState.Active ? ChangeClass.A : ChangeClass.B;

    public override IReadOnlyList<Guard> Guards => State == ComponentState.Active
        ? [new RequesterGuard(Server, Component, Requester), new UpdateGuard(Server), new MaintenanceGuard(Server)]
        : [];

    public override IReadOnlyList<KeyValuePair<string, string>> Parameters =>
    [
        new("component", Component.Value),
        new("requester", Requester.Value),
        new("state", State.ToString()),
    ];

    private ReadOperation Read => new ReadComponentStates(Server);

    public override IReadOnlyList<Condition> Preconditions(Readings readings) =>
        [.. new[] { Condition.AsRead(readings, Read, $"{Component}/entries") }.Concat(UnchangedEvidence(readings)).OfType<Condition>()];

    public override IReadOnlyList<Condition> Verify(Readings before)
    {
        var entry = new Condition(Read, $"{Component}/holding/{Requester}", ConditionOperator.EqualTo, State.ToString());
        // An Inactive of any requester wins: while another one holds the component, only the own entry can be expected to change.
        var others = before.Components(Server)?.Find(Component)?.Holding.Any(holding => holding.Requester != Requester) ?? false;
        var overruled = Component != ComponentName.ServerWideOffline
            && before.Components(Server)?.Find(ComponentName.ServerWideOffline)?.State == ComponentState.Inactive;
        return State == ComponentState.Active && (others || overruled)
            ? [entry]
            : [entry, new Condition(Read, $"{Component}/state", ConditionOperator.EqualTo, State.ToString())];
    }

    // An inverse has no guards that would ask for these, and must still be bound to what was read.
    private protected override IEnumerable<ReadOperation> ComparedLater(Readings readings) =>
        [.. UpdateEvidence.Reads(Server), .. MaintenanceEvidence.Reads(Server)];

    public override ChangeOperation? Inverse(Readings before) =>
        before.Components(Server)?.Find(Component)?.Entries.FirstOrDefault(entry => entry.Requester == Requester) is { } entry
            && entry.State is ComponentState.Inactive or ComponentState.Active
            && entry.State != State
            ? this with { State = entry.State }
            : null;

    public override bool Alters(Condition condition) => condition.Read == Read
        && (condition.Path.StartsWith(Component.Value + "/", StringComparison.OrdinalIgnoreCase)
            || (condition.Path == "maintenance" && Requester == Requester.Maintenance)
            || (Component == ComponentName.ServerWideOffline && !condition.Path.EndsWith("/entries", StringComparison.Ordinal)));
}
