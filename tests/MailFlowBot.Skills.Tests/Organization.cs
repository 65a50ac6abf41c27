using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests;

/// <summary>
/// An organisation written down as facts: EX01 and EX02 in a DAG at HQ, EX03 alone in BRANCH, all healthy until told otherwise.
/// It answers
/// reads as a perfect rim would.
/// </summary>
internal sealed class Organization
{
    public static readonly ServerName Ex01 = new("EX01");
    public static readonly ServerName Ex02 = new("EX02");
    public static readonly ServerName Ex03 = new("EX03");
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 40, 0, TimeSpan.Zero);

    private static readonly string[] ComponentNames =
    [
        "ServerWideOffline", "HubTransport", "FrontendTransport", "Monitoring", "RecoveryActionsEnabled", "ImapProxy", "OwaProxy",
        "PopProxy", "ForwardSyncDaemon", "ProvisioningRps", "EdgeTransport", "MailboxDeliveryProxy",
    ];

    private readonly List<ExchangeServer> _servers =
    [
        new(Ex01, "Version 15.2 (Build 2562.17)", ["Mailbox"], "HQ", "DAG1"),
        new(Ex02, "Version 15.2 (Build 2562.17)", ["Mailbox"], "HQ", "DAG1"),
        new(Ex03, "Version 15.2 (Build 1544.4)", ["Mailbox"], "BRANCH", null),
    ];

    private readonly Dictionary<(ServerName, string), List<(RequesterEntry Entry, bool Local, bool Remote)>> _entries = [];
    private readonly Dictionary<(ServerName, string), ComponentState> _states = [];
    private readonly Dictionary<(ServerName, WindowsService), ServiceReading> _services = [];
    private readonly Dictionary<ServerName, MailboxServerFact> _mailbox = [];
    private readonly Dictionary<ServerName, ClusterNodeState> _nodes = [];
    private readonly Dictionary<ServerName, InstallStateFact> _install = [];
    private readonly Dictionary<ReadOperation, Func<ReadOperation, ReadAnswer>> _special = [];
    private readonly Dictionary<ServerName, int> _waiting = [];
    private readonly HashSet<ServerName> _withoutWindows = [];

    public static IReadOnlyList<ServerName> Names => [Ex01, Ex02, Ex03];

    public List<ReadOperation> Asked { get; } = [];

    /// <summary>An entry of a requester; <paramref name="age"/> null: its time cannot be read.</summary>
    public Organization Set(
        ServerName server, ComponentName component, Requester requester, TimeSpan? age, ComponentState state = ComponentState.Inactive,
        bool local = true, bool remote = true)
    {
        var at = age is { } past ? Now - past : (DateTimeOffset?)null;
        var text = at?.ToString("M/d/yyyy h:mm:ss tt", System.Globalization.CultureInfo.InvariantCulture) ?? "22.11.2026 03:00";
        if (!_entries.TryGetValue((server, component.Value), out var entries))
            _entries[(server, component.Value)] = entries = [];
        entries.Add((new RequesterEntry(requester, state, text, at), local, remote));
        return this;
    }

    /// <summary>The effective state, whatever the entries say.</summary>
    public Organization Shows(ServerName server, ComponentName component, ComponentState state)
    {
        _states[(server, component.Value)] = state;
        return this;
    }

    public Organization Service(ServerName server, WindowsService service, ServiceStatus status, ServiceStartType start = ServiceStartType.Automatic)
    {
        _services[(server, service)] = new ServiceReading(service, status, start);
        return this;
    }

    public Organization Activation(ServerName server, string policy, bool moveNow)
    {
        _mailbox[server] = new MailboxServerFact(server, Find(server).Dag, policy, moveNow);
        return this;
    }

    public Organization Node(ServerName server, ClusterNodeState state)
    {
        _nodes[server] = state;
        return this;
    }

    public Organization Install(ServerName server, bool? running = false, bool? watermark = false, bool? reboot = false)
    {
        _install[server] = new InstallStateFact(server, running, watermark, reboot, null);
        return this;
    }

    public Organization Waiting(ServerName server, int messages)
    {
        _waiting[server] = messages;
        return this;
    }

    public Organization WithoutWindowsEndpoint(ServerName server)
    {
        _withoutWindows.Add(server);
        return this;
    }

    public Organization Answers(ReadOperation read, Func<ReadOperation, ReadAnswer> answer)
    {
        _special[read] = answer;
        return this;
    }

    public Organization Hides(ReadOperation read, NotSeenReason reason) =>
        Answers(read, asked => new NotSeen(asked, reason, "detail", Now));

    /// <summary>An endpoint that answers this read with this fact.</summary>
    public Organization Tells(ReadOperation read, Fact fact) => Answers(read, asked => SeenAt(asked, fact));

    /// <summary>Queues beside an empty Submission queue.</summary>
    public Organization Queues(ServerName server, params QueueReading[] queues) => Tells(
        new ReadQueues(server),
        new QueuesFact(server, [new QueueReading($@"{server}\Submission", "Undefined", "Ready", "Submission", 0, 0, null), .. queues]));

    /// <summary>A queue in Retry with this last error.</summary>
    public Organization Waits(ServerName server, string deliveryType, string nextHop, string lastError, int messages = 40) => Queues(
        server, new QueueReading($@"{server}\7", deliveryType, "Retry", nextHop, messages, 0, lastError));

    /// <summary>The meter of the queue's disk at this use.</summary>
    public Organization Pressure(ServerName server, ResourceUse use, string resource = "UsedDiskSpace") => Tells(
        new ReadBackPressure(server),
        new BackPressureFact(server, [new ResourceMeter(resource, null, use, ResourceUse.Low, 96, 94, 88)], Now.AddDays(-3)));

    /// <summary>Events of the last hour, one minute apart, the first the newest.</summary>
    public Organization Logged(ServerName server, params (string Source, int Id, string? Text)[] events) => Tells(
        new ReadEvents(server),
        new EventsFact(
            server,
            Now.AddHours(-1),
            [.. events.Select((logged, i) => new EventReading("Application", logged.Source, logged.Id, Now.AddMinutes(-1 - i), logged.Text))],
            Cut: false));

    public ReadAnswer Answer(ReadOperation read)
    {
        Asked.Add(read);
        if (_special.TryGetValue(read, out var special))
            return special(read);
        if (read is ReadServices or ReadInstallState or ReadClusterNode or ReadEvents or ReadDisk or ReadRecoveryActions && _withoutWindows.Contains(read.Server!.Value))
            return new NotSeen(read, NotSeenReason.NoEndpoint, "", Now);
        return SeenAt(read, FactOf(read));
    }

    public static Seen SeenAt(ReadOperation read, Fact fact, OriginKind kind = OriginKind.Endpoint, string? name = null) =>
        new(read, fact, new Origin(kind, name ?? $"{read.Server?.Value ?? "EX01"}.corp.example"), Now, TimeSpan.FromMilliseconds(5));

    /// <summary>Pumps an examination to its end.</summary>
    public Conclusion Diagnose(string text, params ServerName[] servers)
    {
        var examination = Begin(text, servers);
        Pump(examination);
        return examination.Conclude(Now);
    }

    public static Examination Begin(string text, params ServerName[] servers) =>
        Skillbook.Begin(SymptomReader.Read(text, Names), servers);

    public void Pump(Examination examination)
    {
        for (var round = 0; round < 10 && examination.Needs is { Count: > 0 } needs; round++)
        {
            foreach (var read in needs)
                examination.Accept(Answer(read));
        }
    }

    public ComponentStatesFact States(ServerName server) => new(server, [.. ComponentNames.Select(name => Component(server, name))]);

    private ExchangeServer Find(ServerName server) => _servers.First(other => other.Name == server);

    private ComponentReading Component(ServerName server, string name)
    {
        var entries = _entries.GetValueOrDefault((server, name)) ?? [];
        var offline = Own(server, "ServerWideOffline") == ComponentState.Inactive;
        var overruled = offline && name is not ("ServerWideOffline" or "Monitoring" or "RecoveryActionsEnabled");
        var state = _states.TryGetValue((server, name), out var shown) ? shown
            : name is "ForwardSyncDaemon" or "ProvisioningRps" || overruled ? ComponentState.Inactive
            : Own(server, name);
        return new ComponentReading(
            new ComponentName(name),
            state,
            offline,
            [.. entries.Where(entry => entry.Local).Select(entry => entry.Entry)],
            [.. entries.Where(entry => entry.Remote).Select(entry => entry.Entry)]);
    }

    private ComponentState Own(ServerName server, string name)
    {
        var newest = (_entries.GetValueOrDefault((server, name)) ?? [])
            .GroupBy(entry => entry.Entry.Requester)
            .Select(group => group.OrderByDescending(entry => entry.Entry.At ?? DateTimeOffset.MaxValue).First().Entry.State)
            .ToList();
        return newest.Contains(ComponentState.Inactive) ? ComponentState.Inactive
            : newest.Contains(ComponentState.Draining) ? ComponentState.Draining
            : newest.Contains(ComponentState.Unknown) ? ComponentState.Unknown
            : ComponentState.Active;
    }

    // The Transport service follows its component, and its door is closed while it does not run.
    private SmtpProbeFact Door(ReadSmtpProbe probe) =>
        _services.TryGetValue((probe.On, WindowsService.Transport), out var service) && service.Status != ServiceStatus.Running
            ? new SmtpProbeFact(probe.On, probe.Door, SmtpStage.NotConnected, null, [], null, null, null)
            : Component(probe.On, "HubTransport").State == ComponentState.Active
                ? probe.Door == SmtpDoor.FrontDoor
                    ? new SmtpProbeFact(probe.On, probe.Door, SmtpStage.Mailed, "mail", ["SIZE", "STARTTLS"], 250, "2.1.0", "Sender OK")
                    : DoorSays(probe.On, 530, "5.7.1")
                : DoorSays(probe.On, 421, "4.3.2");

    public static SmtpProbeFact DoorSays(ServerName server, int code, string? enhanced) =>
        new(server, SmtpDoor.Transport, SmtpStage.Mailed, "a banner", ["SIZE"], code, enhanced, $"{enhanced} said");

    private Fact FactOf(ReadOperation read) => read switch
    {
        ReadInventory => new InventoryFact(_servers),
        ReadComponentStates states => States(states.On),
        ReadServices services => new ServicesFact(services.On,
        [
            .. WindowsService.Watched.Select(service => _services.GetValueOrDefault(
                (services.On, service), new ServiceReading(service, ServiceStatus.Running, ServiceStartType.Automatic))),
        ]),
        ReadQueues queues => new QueuesFact(queues.On,
            [new QueueReading($@"{queues.On}\Submission", "Undefined", "Ready", "Submission", _waiting.GetValueOrDefault(queues.On), 0, null)]),
        ReadMailboxServer mailbox => _mailbox.GetValueOrDefault(
            mailbox.On, new MailboxServerFact(mailbox.On, Find(mailbox.On).Dag, "Unrestricted", false)),
        ReadInstallState install => _install.GetValueOrDefault(install.On, new InstallStateFact(install.On, false, false, false, null)),
        ReadClusterNode node => new ClusterNodeFact(
            node.On, _nodes.GetValueOrDefault(node.On, Find(node.On).Dag is null ? ClusterNodeState.NotAMember : ClusterNodeState.Up)),
        ReadServiceHealth health => new ServiceHealthFact(health.On, []),
        ReadSmtpProbe probe => Door(probe),
        ReadDatabaseCopies copies => new DatabaseCopiesFact(copies.On, []),
        ReadBackPressure pressure => new BackPressureFact(
            pressure.On,
            [
                new ResourceMeter("UsedDiskSpace", "C:\\Queue", ResourceUse.Low, ResourceUse.Low, 41, 99, 89),
                new ResourceMeter("PrivateBytes", null, ResourceUse.Low, ResourceUse.Low, 3, 75, 71),
            ],
            Now.AddDays(-3)),
        ReadEvents events => new EventsFact(events.On, Now.AddHours(-1), [], Cut: false),
        ReadDisk disk => new DiskFact(disk.On, [new VolumeReading("C:\\", 400L << 30, 1000L << 30, ["queue", "log"])]),
        ReadCertificates certificates => new CertificatesFact(
            certificates.On, [new CertificateReading("A1B2", "CN=mail.corp.example", [], Now.AddYears(1), ["IIS", "SMTP"], true, "Valid", false)]),
        ReadReceiveConnectors connectors => new ReceiveConnectorsFact(
            connectors.On,
            [
                new ReceiveConnectorReading(
                    $"Default Frontend {connectors.On}", true, "FrontendTransport", ["0.0.0.0:25"], null, [], ["Tls", "ExchangeServer"], null),
                new ReceiveConnectorReading($"Default {connectors.On}", true, "HubTransport", ["0.0.0.0:2525"], null, [], ["Tls", "ExchangeServer"], null),
            ]),
        ReadSendConnectors => new SendConnectorsFact([new SendConnectorReading("Internet", true, ["SMTP:*;1"], [], true, ["EX01"], null, 25)]),
        ReadTransportSettings settings => new TransportSettingsFact(settings.On, new(true, []), new(true, []), 20, false),
        ReadTransportAgents agents => new TransportAgentsFact(agents.On, [new TransportAgentReading("Transport Rule Agent", true, 1, false)]),
        ReadHealthReport health => new HealthReportFact(health.On, [new HealthSetReading("HubTransport", "Healthy", "Online", null)]),
        ReadRecoveryActions actions => new RecoveryActionsFact(actions.On, []),
        _ => throw new ArgumentOutOfRangeException(nameof(read), read.Id, "No answer is written down for this read."),
    };
}
