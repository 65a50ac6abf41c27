using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// An Exchange organisation that exists in memory only: component states with their requesters, services, queues, DAG membership,
/// on virtual time. It follows the documented rules, so that a wrong fix does not work here either. Thread-safe.
/// </summary>
/// <remarks>
/// Two of them, of which a drill takes one: EX01 and EX02 (SE, one DAG, site HQ) and EX03 (2019, alone in site BRANCH); or HUB07 (2007)
/// and OLD03 (2003).
/// </remarks>
public sealed class SimulatedOrganization
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<ServerProfile> _profiles;
    private OrganizationState _state;
    private Drill _drill;

    /// <param name="time">The clock everything in it runs on.</param>
    /// <param name="drill">The starting state; see <see cref="Drills"/>.</param>
    public SimulatedOrganization(JumpingTime time, Drill drill)
        : this(time, drill, ServerProfile.OrganizationA)
    {
    }

    internal SimulatedOrganization(JumpingTime time, Drill drill, IReadOnlyList<ServerProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        _profiles = profiles;
        (_state, _drill) = (Begin(drill), drill);
    }

    /// <summary>The id of this organisation, as it stands in plans.</summary>
    public const string OrganizationId = "simulated-a";

    public JumpingTime Time { get; }

    /// <summary>The servers of the organisation that the drill takes place in.</summary>
    public IReadOnlyList<ServerName> Servers => [.. Profiles.Select(profile => profile.Name)];

    /// <summary>The servers of both organisations, as a site's configuration would list them.</summary>
    public IReadOnlyList<ServerName> EveryServer => [.. _profiles.Concat(ServerProfile.OrganizationB).Select(profile => profile.Name)];

    /// <summary>The drill it was put into last.</summary>
    public Drill Drill
    {
        get
        {
            lock (_gate)
                return _drill;
        }
    }

    /// <summary>Puts the whole organisation into the starting state of a drill; all that happened before is gone.</summary>
    public void Start(Drill drill)
    {
        ArgumentNullException.ThrowIfNull(drill);
        lock (_gate)
            (_state, _drill) = (Begin(drill), drill);
    }

    /// <summary>Something happens now, whatever its <see cref="SimulatedEvent.Ago"/> says.</summary>
    /// <exception cref="ArgumentException">The server is not in the organisation.</exception>
    public void Apply(SimulatedEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        lock (_gate)
            _state.Apply(happened, Time.GetUtcNow());
    }

    /// <summary>Whether the server's transport service accepts messages now.</summary>
    public bool TakesMail(ServerName server) => On(server, (found, now) => found.TakesMail(now));

    /// <summary>Messages of the server's users that wait in Outbox or Drafts.</summary>
    public int WaitingInOutbox(ServerName server) => On(server, (found, _) => (int)found.Outbox);

    internal ComponentStatesFact Components(ServerName server) =>
        On(server, (found, _) => new ComponentStatesFact(found.Name, found.Components.Read()));

    internal ServicesFact Services(ServerName server) => On(server, (found, now) => new ServicesFact(found.Name,
    [
        .. WindowsService.Watched.Select(service => new ServiceReading(
            service, found.Services.Status(service, now), found.Services.StartType(service))),
    ]));

    /// <summary>The queues; null while Get-Queue fails, because transport does not run or has only just started.</summary>
    internal QueuesFact? Queues(ServerName server) => On(server, (found, now) =>
    {
        if (!found.TransportRuns(now))
            return null;
        var up = now - found.Services.Since(WindowsService.Transport, now);
        return up < RelayQueues.FailsAfterStart ? null
            : up < RelayQueues.EmptyAfterStart ? new QueuesFact(found.Name, [])
            : new QueuesFact(found.Name, RelayQueues.Read(found, _state.Profiles, name => _state.Find(name, now)?.TakesMail(now) ?? false));
    });

    internal MailboxServerFact MailboxServer(ServerName server) => On(server, (found, _) =>
        new MailboxServerFact(found.Name, found.Profile.Dag, found.ActivationPolicy, found.MoveNow));

    internal DatabaseCopiesFact DatabaseCopies(ServerName server) => On(server, (found, _) => new DatabaseCopiesFact(found.Name,
    [
        .. _state.Profiles.Where(other => other == found.Profile || (other.Dag is not null && other.Dag == found.Profile.Dag)).Select(other =>
            new DatabaseCopyReading(
                $"{other.Database}\\{found.Name}",
                found.Configuration.CopyStatus.GetValueOrDefault(
                    other.Database, other == found.Profile && !found.MoveNow ? "Mounted" : "Healthy"),
                found.ActivationPolicy == "Blocked",
                0)),
    ]));

    internal ClusterNodeFact ClusterNode(ServerName server) => On(server, (found, _) => new ClusterNodeFact(
        found.Name,
        found.Profile.Dag is null ? ClusterNodeState.NotAMember : found.NodePaused ? ClusterNodeState.Paused : ClusterNodeState.Up));

    internal InstallStateFact InstallState(ServerName server) => On(server, (found, _) => new InstallStateFact(
        found.Name, found.SetupRunning, found.Watermark, found.RebootPending, found.Profile.SetupBuild));

    internal EventsFact Events(ServerName server) => On(server, (found, now) => found.Log.Read(found.Name, now));

    /// <summary>The meters with their transitions; null while the transport process does not run.</summary>
    internal (BackPressureFact Fact, IReadOnlyList<string> Transitions)? BackPressure(ServerName server) =>
        On<(BackPressureFact, IReadOnlyList<string>)?>(server, (found, now) => found.TransportRuns(now)
            ? (new BackPressureFact(found.Name, found.Meters.Read(), found.Services.Since(WindowsService.Transport, now)), found.Meters.Transitions())
            : null);

    /// <summary>What is configured on a server and measured beside transport; copied, since events change it.</summary>
    internal T Configured<T>(ServerName server, Func<TransportConfiguration, T> look) => On(server, (found, _) => look(found.Configuration));

    internal IReadOnlyList<SendConnectorReading> SendConnectors()
    {
        lock (_gate)
            return [.. _state.SendConnectors];
    }

    /// <summary>What an SMTP door says now; null when nothing listens there.</summary>
    /// <exception cref="ArgumentException">The server is not in the organisation.</exception>
    internal DoorAnswers? Door(ServerName server, SmtpDoor door) => On(server, (found, now) => DoorAnswers.Of(
        found,
        door,
        _state.Profiles.Where(other => other != found.Profile && other.SharesLoadWith(found.Profile)).Select(other => _state.Find(other.Name, now)!),
        now));

    internal IReadOnlyList<ServerProfile> Profiles
    {
        get
        {
            lock (_gate)
                return _state.Profiles;
        }
    }

    /// <summary>The inventory that the site wrote down, where no server has a remote shell to ask; null where one has.</summary>
    internal InventoryFact? DeclaredInventory => Profiles.Any(profile => profile.IsModern)
        ? null
        : new InventoryFact([.. Profiles.Select(profile => new ExchangeServer(profile.Name, profile.Version, profile.Roles, profile.Site, profile.Dag))]);

    internal bool HasExchangeEndpoint(ServerName server) => Profiles.Any(profile => profile.Name == server && profile.IsModern);

    internal ServiceResult StartService(ServerName server, WindowsService service) =>
        On(server, (found, now) => found.Services.Start(service, now));

    internal ServiceResult RestartService(ServerName server, WindowsService service) =>
        On(server, (found, now) => found.Services.Restart(service, now));

    internal bool HasWindowsEndpoint(ServerName server) =>
        Servers.Contains(server) && On(server, (found, _) => found.HasWindowsEndpoint);

    internal ServerProfile AnsweringFor(ServerName server) =>
        On(server, (found, now) => _state.Find(found.AnsweredBy, now)!.Profile);

    /// <summary>Whether the connection dies now; it does so once.</summary>
    internal bool CutsNow(ServerName server) => On(server, (found, _) =>
    {
        var cuts = found.CutsAfterChange;
        found.CutsAfterChange = false;
        return cuts;
    });

    private T On<T>(ServerName server, Func<SimulatedServer, DateTimeOffset, T> look)
    {
        lock (_gate)
        {
            var now = Time.GetUtcNow();
            var found = _state.Find(server, now) ?? throw new ArgumentException(
                $"'{server}' is not in the simulated organisation: {string.Join(", ", Servers)} are.", nameof(server));
            return look(found, now);
        }
    }

    private OrganizationState Begin(Drill drill)
    {
        var now = Time.GetUtcNow();
        var profiles = drill.Forest == SimulatedForest.A ? _profiles : ServerProfile.Of(drill.Forest);
        var state = new OrganizationState(profiles, now - Drills.LongestPast);
        foreach (var happened in drill.Past.OrderByDescending(happened => happened.Ago))
            state.Apply(happened, now - happened.Ago);
        return state;
    }
}
