using System.Collections.Concurrent;
using System.Globalization;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>
/// What stands at the other end of the wire: a table of facts that is read, and that changes when a change is sent. EX03 stands alone in
/// its site with HubTransport Inactive by Functional; EX01 and EX02 share a DAG and are well.
/// </summary>
public sealed class StandIn : IExchangeReader
{
    public static readonly ServerName Ex01 = new("EX01");
    public static readonly ServerName Ex02 = new("EX02");
    public static readonly ServerName Ex03 = new("EX03");

    private const string Version = "Version 15.2 (Build 1544.4)";

    private readonly ConcurrentDictionary<ReadOperation, Fact> _facts = new();
    private readonly ConcurrentQueue<ChangeOperation> _sent = new();
    private readonly LeapingTime _time;

    public StandIn(LeapingTime time)
    {
        _time = time;
        Put(new ReadInventory(), new InventoryFact(
        [
            new ExchangeServer(Ex01, Version, ["Mailbox"], "HQ", "DAG1"),
            new ExchangeServer(Ex02, Version, ["Mailbox"], "HQ", "DAG1"),
            new ExchangeServer(Ex03, Version, ["Mailbox"], "BRANCH", null),
        ]));
        foreach (var server in new[] { Ex01, Ex02, Ex03 })
            PutServer(server);
        SetEntry(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive, TimeSpan.FromHours(2));
    }

    /// <summary>Called before each answer; may change the facts.</summary>
    public Action<ReadOperation>? OnRead { get; set; }

    /// <summary>Changes and reads for which this holds are never answered.</summary>
    public Func<Operation, bool> Hangs { get; set; } = _ => false;

    /// <summary>Called instead of carrying a change out; null: carry it out.</summary>
    public Func<ChangeOperation, ChangeOutcome?> OnSend { get; set; } = _ => null;

    public IReadOnlyList<ChangeOperation> Sent => [.. _sent];

    public ConcurrentDictionary<ReadOperation, NotSeenReason> Hidden { get; } = new();

    public void Put(ReadOperation read, Fact fact) => _facts[read] = fact;

    public async Task<ReadAnswer> ReadAsync(ReadOperation read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OnRead?.Invoke(read);
        if (Hangs(read))
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        ReadAnswer answer = Hidden.TryGetValue(read, out var reason) ? new NotSeen(read, reason, "Get-Something: access denied", _time.GetUtcNow())
            : _facts.TryGetValue(read, out var fact)
                ? new Seen(read, fact, new Origin(OriginKind.Endpoint, read.Server?.Value ?? "EX01"), _time.GetUtcNow(), TimeSpan.Zero)
            : new NotSeen(read, NotSeenReason.UnknownServer, "no such server", _time.GetUtcNow());
        return answer;
    }

    public async Task<ChangeOutcome> SendAsync(ChangeOperation change, CancellationToken cancellationToken)
    {
        _sent.Enqueue(change);
        if (OnSend(change) is { } outcome)
            return outcome;
        CarryOut(change);
        if (Hangs(change))
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return new ChangeCompleted();
    }

    public void CarryOut(ChangeOperation change)
    {
        switch (change)
        {
            case SetComponentState set:
                SetEntry(set.Server, set.Component, set.Requester, set.State, TimeSpan.Zero);
                break;
            case StartService start:
                SetService(start.Server, start.Service, ServiceStatus.Running);
                break;
            case RestartService restart:
                SetService(restart.Server, restart.Service, ServiceStatus.Running);
                break;
            default:
                throw new InvalidOperationException($"No rule for {change}.");
        }
    }

    public void SetEntry(ServerName server, ComponentName component, Requester requester, ComponentState state, TimeSpan age)
    {
        var fact = (ComponentStatesFact)_facts[new ReadComponentStates(server)];
        var at = _time.GetUtcNow() - age;
        var entry = new RequesterEntry(requester, state, at.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture), at);
        Put(new ReadComponentStates(server), fact with
        {
            Components =
            [
                .. fact.Components.Select(reading =>
                {
                    if (reading.Component != component)
                        return reading;
                    RequesterEntry[] entries = [.. reading.LocalStates.Where(old => old.Requester != requester), entry];
                    var effective = entries.Select(one => one.State).FirstOrDefault(one => one != ComponentState.Active, ComponentState.Active);
                    return reading with { State = effective, LocalStates = entries, RemoteStates = entries };
                }),
            ],
        });
    }

    public void SetService(ServerName server, WindowsService service, ServiceStatus status, ServiceStartType? start = null)
    {
        var fact = (ServicesFact)_facts[new ReadServices(server)];
        Put(new ReadServices(server), fact with
        {
            Services =
            [
                .. fact.Services.Select(reading => reading.Service == service
                    ? reading with { Status = status, StartType = start ?? reading.StartType }
                    : reading),
            ],
        });
    }

    public void SetQueue(ServerName on, ServerName towards, int messages) => Put(
        new ReadQueues(on),
        new QueuesFact(on, [new($"{on}\\17", "SmtpRelayToServers", "Ready", towards.Value, messages, 0, null)]));

    /// <summary>A server that is well, with everything that can be read of one.</summary>
    public void PutServer(ServerName server)
    {
        ComponentName[] components =
        [
            ComponentName.ServerWideOffline, ComponentName.HubTransport, ComponentName.FrontendTransport, ComponentName.Monitoring,
            new("OabProxy"), new("EwsProxy"),
        ];
        Put(new ReadComponentStates(server), new ComponentStatesFact(
            server, [.. components.Select(name => new ComponentReading(name, ComponentState.Active, false, [], []))]));
        Put(new ReadServices(server), new ServicesFact(
            server,
            [.. WindowsService.Watched.Select(service => new ServiceReading(service, ServiceStatus.Running, ServiceStartType.Automatic))]));
        Put(new ReadQueues(server), new QueuesFact(server, [new($"{server}\\Submission", "Undefined", "Ready", "Submission", 0, 0, null)]));
        Put(new ReadMailboxServer(server), new MailboxServerFact(server, server == Ex03 ? null : "DAG1", "Unrestricted", false));
        Put(new ReadInstallState(server), new InstallStateFact(server, false, false, false, "15.02.1544.004"));
        Put(new ReadBackPressure(server), new BackPressureFact(
            server, [new ResourceMeter("UsedDiskSpace", null, ResourceUse.Low, ResourceUse.Low, 40, 99, 80)], null));
        Put(new ReadDisk(server), new DiskFact(server, [new VolumeReading(@"C:\", 60, 100, [VolumeReading.Queue])]));
        Put(new ReadEvents(server), new EventsFact(server, _time.GetUtcNow().AddHours(-1), [], false));
        Put(new ReadRecoveryActions(server), new RecoveryActionsFact(server, []));
        Put(new ReadClusterNode(server), new ClusterNodeFact(server, server == Ex03 ? ClusterNodeState.NotAMember : ClusterNodeState.Up));
    }
}
