namespace MailFlowBot.Remote.Catalogue;

/// <summary>Never fights maintenance.</summary>
public sealed record MaintenanceGuard(ServerName Server) : Guard
{
    public override string Id => "maintenance";

    public override IEnumerable<ReadOperation> Needs(Readings readings) =>
        Before2013.Holds(Server, readings) ? [] : MaintenanceEvidence.Reads(Server);

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (Before2013.Holds(Server, readings))
            return Before2013.Pass(Id);
        var evidence = MaintenanceEvidence.Of(Server, readings, now);
        return evidence.InMaintenance
            ? GuardReading.Refuse(Id, Text(evidence), ChangeRefusal.Maintenance)
            : evidence.Complete ? GuardReading.Pass(Id, evidence.Sightings.Count == 0 ? "none" : Text(evidence))
            : GuardReading.Raise(Id, "not seen: " + string.Join(", ", evidence.NotSeen));
    }

    private static string Text(MaintenanceEvidence evidence) =>
        string.Join(", ", evidence.Sightings.Select(sighting => $"{sighting.Sign} ({sighting.Value})"));
}

/// <summary>Never touches a server on which setup or an update runs or was interrupted (restart guard 7).</summary>
public sealed record UpdateGuard(ServerName Server) : Guard
{
    public override string Id => "update";

    public override IEnumerable<ReadOperation> Needs(Readings readings) => UpdateEvidence.Reads(Server);

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        var evidence = UpdateEvidence.Of(Server, readings);
        return evidence.Signs.Count > 0 ? GuardReading.Refuse(Id, string.Join(", ", evidence.Signs), ChangeRefusal.InterruptedUpdate)
            : evidence.NotSeen.Count > 0 ? GuardReading.Raise(Id, "not seen: " + string.Join(", ", evidence.NotSeen))
            : GuardReading.Pass(Id, "none");
    }
}

/// <summary>Only the requester that was read, and only Functional or Maintenance (KB 2958835).</summary>
public sealed record RequesterGuard(ServerName Server, ComponentName Component, Requester Requester) : Guard
{
    public override string Id => "requester";

    public override IEnumerable<ReadOperation> Needs(Readings readings) => [new ReadComponentStates(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (Requester == Requester.HealthApi)
            return GuardReading.Refuse(Id, Requester.Value, ChangeRefusal.ManagedAvailability);
        if (Requester != Requester.Functional && Requester != Requester.Maintenance)
            return GuardReading.Refuse(Id, Requester.Value, ChangeRefusal.RequesterNotAllowed);
        if (readings.Components(Server)?.Find(Component) is not { } component)
            return GuardReading.Refuse(Id, $"{Component} not seen", ChangeRefusal.NotSeen);
        if (component.Holding.FirstOrDefault(entry => entry.Requester == Requester) is not { } entry)
            return GuardReading.Refuse(Id, $"{Requester} does not hold {Component}", ChangeRefusal.NothingToDo);
        var reading = $"{Component} {entry.State}, {entry.Requester}, {entry.Since}";
        return Requester == Requester.Maintenance || Component == ComponentName.ServerWideOffline
            ? GuardReading.Raise(Id, reading)
            : GuardReading.Pass(Id, reading);
    }
}
