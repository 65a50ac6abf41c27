using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>A change of one Windows service: what a start and a restart have in common.</summary>
public abstract record ServiceChange(ServerName Server, WindowsService Service) : ChangeOperation(Server)
{
    private ReadOperation Read => new ReadServices(Server);

    public override IReadOnlyList<KeyValuePair<string, string>> Parameters => [new("service", Service.Name)];

    public override IReadOnlyList<Condition> Preconditions(Readings readings) =>
    [
        .. new[]
        {
            Condition.AsRead(readings, Read, $"{Service}/status"),
            Condition.AsRead(readings, Read, $"{Service}/startType"),
        }.Concat(UnchangedEvidence(readings)).OfType<Condition>(),
    ];

    public override IReadOnlyList<Condition> Verify(Readings before)
    {
        var running = new Condition(Read, $"{Service}/status", ConditionOperator.EqualTo, nameof(ServiceStatus.Running));
        if (Service != WindowsService.Transport || Before2013.Holds(Server, before))
            return [running];

        // Right after the start Get-Queue may fail or list nothing, so that it answers at all is part of the proof; and what the peers
        // hold back for this server must be on its way.
        var peers = before.Inventory?.PeersOf(Server) ?? [];
        return
        [
            running,
            new Condition(new ReadQueues(Server), "total", ConditionOperator.Exists, ""),
            .. TransportDoor.Opens(Server, before),
            .. peers.Where(peer => before.Queues(peer.Name) is not null).Select(peer => new Condition(
                new ReadQueues(peer.Name),
                $"towards/{Server}",
                ConditionOperator.FallingOrEmpty,
                before.Queues(peer.Name)!.Towards(Server).ToString(CultureInfo.InvariantCulture))),
        ];
    }

    // A start is balanced by nothing, since stopping a service is not in the catalogue; a restart leaves nothing to restore.
    public override ChangeOperation? Inverse(Readings before) => null;

    public override bool Alters(Condition condition) => condition.Read == Read;

    private protected override IEnumerable<ReadOperation> ComparedLater(Readings readings) =>
        Service == WindowsService.Transport && readings.Inventory is { } inventory
            ? [TransportDoor.Read(Server), .. inventory.PeersOf(Server).Select(peer => new ReadQueues(peer.Name))]
            : [new ReadInventory()];
}

/// <summary>Starts a service that is Stopped and not Disabled.</summary>
public sealed record StartService(ServerName Server, WindowsService Service) : ServiceChange(Server, Service)
{
    public override string Id => "start-service";

    public override Reversibility Reversibility => Reversibility.Compensable;

    public override IReadOnlyList<Guard> Guards =>
    [
        new ServiceStateGuard(Server, Service, MustBeStopped: true),
        new UpdateGuard(Server),
        new MaintenanceGuard(Server),
        .. TransportGuards.Of(Server, Service),
        // A stopped transport service tells no pressure.
        .. TransportGuards.KeepsQueue(Service) ? new Guard[] { new QueueDiskGuard(Server) } : [],
    ];
}

/// <summary>Stops and starts a service.</summary>
public sealed record RestartService(ServerName Server, WindowsService Service) : ServiceChange(Server, Service)
{
    public override string Id => "restart-service";

    public override Reversibility Reversibility => Reversibility.Irreversible;

    public override IReadOnlyList<Guard> Guards =>
    [
        new ServiceStateGuard(Server, Service, MustBeStopped: false),
        new UpdateGuard(Server),
        new MaintenanceGuard(Server),
        .. TransportGuards.KeepsQueue(Service)
            ? new Guard[] { new SubmissionQueueGuard(Server), new LastActiveTransportGuard(Server), new BackPressureGuard(Server) }
            : [],
        .. TransportGuards.Of(Server, Service),
    ];
}
