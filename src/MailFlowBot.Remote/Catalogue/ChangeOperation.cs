namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// An operation that changes a server. It declares itself what makes it safe, so that the agent can derive that from the catalogue and
/// a plan can add to it but never take away: guards, preconditions, verification, class, inverse.
/// </summary>
public abstract record ChangeOperation(ServerName Server) : Operation
{
    public abstract Reversibility Reversibility { get; }

    /// <summary>Lowest class this change can have; guards raise it.</summary>
    public virtual ChangeClass LowestClass => ChangeClass.A;

    public abstract IReadOnlyList<Guard> Guards { get; }

    /// <summary>
    /// What must still be exactly so when the change is made, with the values read at registration: version, the component's entries,
    /// service status and start type, maintenance evidence. Parts that could not be read are left out here; the guards then raise or refuse.
    /// </summary>
    public abstract IReadOnlyList<Condition> Preconditions(Readings readings);

    /// <summary>What must be so afterwards, given what was read before.</summary>
    public abstract IReadOnlyList<Condition> Verify(Readings before);

    /// <summary>The change that restores what was recorded; null where none exists.</summary>
    public abstract ChangeOperation? Inverse(Readings before);

    /// <summary>True when this change itself alters what the condition looks at, so that a later step must not insist on it.</summary>
    public abstract bool Alters(Condition condition);

    /// <summary>Parameters in a fixed order, as they stand in the canonical plan.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>Reads that are still missing before this change can be judged; empty when it can be.</summary>
    public IReadOnlyList<ReadOperation> Needs(Readings readings) =>
        [.. Guards.SelectMany(guard => guard.Needs(readings)).Concat(ComparedLater(readings)).Distinct().Where(read => !readings.Has(read))];

    /// <summary>Reads whose answer from before the change is compared with the one after it.</summary>
    private protected virtual IEnumerable<ReadOperation> ComparedLater(Readings readings) => [new ReadInventory()];

    public Judgement Judge(Readings readings, DateTimeOffset now) =>
        Judgement.Of(LowestClass, [.. Guards.Select(guard => guard.Check(readings, now))]);

    private protected IEnumerable<Condition?> UnchangedEvidence(Readings readings) =>
    [
        Condition.AsRead(readings, new ReadInventory(), $"{Server}/version"),
        Condition.AsRead(readings, new ReadComponentStates(Server), "maintenance"),
        Condition.AsRead(readings, new ReadMailboxServer(Server), "activationPolicy"),
        Condition.AsRead(readings, new ReadMailboxServer(Server), "moveNow"),
        Condition.AsRead(readings, new ReadClusterNode(Server), "state"),
        Condition.AsRead(readings, new ReadInstallState(Server), "setupRunning"),
        Condition.AsRead(readings, new ReadInstallState(Server), "watermark"),
        Condition.AsRead(readings, new ReadInstallState(Server), "rebootPending"),
    ];
}
