using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>The service is in the list, not Disabled, and in the state the change starts from.</summary>
/// <param name="MustBeStopped">True for a start; a restart takes Running.</param>
public sealed record ServiceStateGuard(ServerName Server, WindowsService Service, bool MustBeStopped) : Guard
{
    public override string Id => "service-state";

    public override IEnumerable<ReadOperation> Needs(Readings readings) => [new ReadServices(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (!WindowsService.Changeable.Contains(Service))
            return GuardReading.Refuse(Id, $"{Service} is not in the list", ChangeRefusal.ServiceNotAllowed);
        if (readings.Services(Server)?.Find(Service) is not { } reading || reading.Status == ServiceStatus.Unknown)
            return GuardReading.Refuse(Id, $"{Service} not seen", ChangeRefusal.NotSeen);
        var text = $"{Service} {reading.Status}, {reading.StartType}";
        if (reading.StartType is ServiceStartType.Disabled or ServiceStartType.Unknown)
            return GuardReading.Refuse(Id, text, ChangeRefusal.ServiceNotAllowed);
        if (MustBeStopped && reading.Status != ServiceStatus.Stopped)
            return GuardReading.Refuse(Id, text, ChangeRefusal.NothingToDo);
        return Service == WindowsService.Filtering && !MustBeStopped
            ? GuardReading.Raise(Id, text + ": takes MSExchangeTransport down with it")
            : GuardReading.Pass(Id, text);
    }
}

/// <summary>Restart guard 2: a large Submission queue means a long replay.</summary>
/// <param name="Limit">Messages from which a second approval is asked.</param>
public sealed record SubmissionQueueGuard(ServerName Server, int Limit = 5000) : Guard
{
    public override string Id => "submission-queue";

    // The restart empties and refills it: only the picture before the plan speaks.
    public override bool JudgedBeforePlan => true;

    // The queues of an older hub are shown by its local shell only: the plan asks the approver instead.
    public override IEnumerable<ReadOperation> Needs(Readings readings) =>
        Before2013.Holds(Server, readings) ? [] : [new ReadQueues(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (Before2013.Holds(Server, readings))
            return Before2013.Pass(Id);
        if (readings.Queues(Server) is not { } queues)
            return GuardReading.Refuse(Id, "not seen", ChangeRefusal.NotSeen);
        var waiting = Math.Max(queues.Total, queues.Submission?.MessageCount ?? 0);
        var text = waiting.ToString(CultureInfo.InvariantCulture);
        return waiting > Limit ? GuardReading.Raise(Id, text) : GuardReading.Pass(Id, text);
    }
}

/// <summary>Restart guard 6: the last active transport server of its DAG or site takes a second approval.</summary>
public sealed record LastActiveTransportGuard(ServerName Server) : Guard
{
    public override string Id => "last-active-transport";

    // The plan's own reset makes the server active; before it the server carried no mail.
    public override bool JudgedBeforePlan => true;

    public override IEnumerable<ReadOperation> Needs(Readings readings) => readings.Inventory is not { } inventory
        ? [new ReadInventory(), new ReadComponentStates(Server)]
        : Before2013.Holds(Server, readings) ? Before2013.HubsBeside(Server, inventory).Select(hub => new ReadServices(hub))
        : [new ReadComponentStates(Server), .. inventory.PeersOf(Server).Select(peer => new ReadComponentStates(peer.Name))];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (Before2013.Holds(Server, readings))
            return Before2013.Pass(Id);
        if (readings.Inventory is not { } inventory || readings.Components(Server)?.Find(ComponentName.HubTransport) is not { } own)
            return GuardReading.Refuse(Id, "not seen", ChangeRefusal.NotSeen);
        if (own.State != ComponentState.Active)
            return GuardReading.Pass(Id, $"{Server} {own.State}");
        // A peer that could not be read is not counted as serving.
        var serving = inventory.PeersOf(Server)
            .Where(peer => readings.Components(peer.Name)?.Find(ComponentName.HubTransport)?.State == ComponentState.Active)
            .Select(peer => peer.Name.Value)
            .ToList();
        return serving.Count == 0
            ? GuardReading.Raise(Id, $"serving: {Server}")
            : GuardReading.Pass(Id, "serving: " + string.Join(", ", serving));
    }
}
