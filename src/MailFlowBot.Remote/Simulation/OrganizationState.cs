using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// The simulated organisation as a machine: everything that happens comes in with its instant, in rising order. Mail flows in the
/// spans between. Not thread-safe; <see cref="SimulatedOrganization"/> guards it.
/// </summary>
internal sealed class OrganizationState
{
    // The service ends and is started again after five seconds (System event 7031, by design since 2013 CU6).
    private static readonly TimeSpan FrontEndBounce = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ServerName, SimulatedServer> _servers;
    private DateTimeOffset _now;

    public OrganizationState(IReadOnlyList<ServerProfile> profiles, DateTimeOffset start)
    {
        _now = start;
        _servers = profiles.ToDictionary(
            profile => profile.Name, profile => new SimulatedServer(profile, RelayQueues.Of(profile, profiles), start));
        Profiles = profiles;
        Names = [.. profiles.Select(profile => profile.Name)];
        SendConnectors =
        [
            new("To Internet", true, ["SMTP:*;1"], [], true, [profiles[0].Name.Value], null, 25),
        ];
    }

    public IReadOnlyList<ServerProfile> Profiles { get; }

    public IReadOnlyList<ServerName> Names { get; }

    /// <summary>Configuration of the organisation, not of one server.</summary>
    public List<SendConnectorReading> SendConnectors { get; }

    /// <summary>The server as it is now; null when there is none of that name.</summary>
    public SimulatedServer? Find(ServerName name, DateTimeOffset now)
    {
        Advance(now);
        return _servers.GetValueOrDefault(name);
    }

    public void Set(ComponentSet set, DateTimeOffset now)
    {
        var server = Known(set.Server, now);
        server.Components.Set(set.Component, set.Requester, set.State, set.Stores, now);
        server.FollowComponent();
        if (set.Component == ComponentName.ServerWideOffline)
        {
            if (server.Services.Status(WindowsService.FrontEndTransport, now) == ServiceStatus.Running)
                server.Log.Exited(WindowsService.FrontEndTransport.Name, now);
            server.Services.Bounce(WindowsService.FrontEndTransport, FrontEndBounce, now);
        }
        else if (set.Component == ComponentName.HubTransport)
        {
            // Level Information, so whoever looks for errors misses it.
            server.Log.Transport(7009, $"HubTransport: {server.Components.State(set.Component)}", now);
        }
    }

    public void Apply(SimulatedEvent happened, DateTimeOffset now)
    {
        var server = Known(happened.Server, now);
        switch (happened)
        {
            case ComponentSet set:
                Set(set, now);
                break;
            case EntryReplicated entry:
                server.Components.Set(entry.Component, entry.Requester, entry.State, StateStores.Both, now - entry.Written);
                server.FollowComponent();
                break;
            case ServiceStopped stopped:
                server.Services.Stop(stopped.Service, now);
                if (stopped.Disabled)
                    server.Services.SetStartType(stopped.Service, ServiceStartType.Disabled);
                break;
            case ActivationSet activation:
                server.ActivationPolicy = activation.Policy;
                server.MoveNow = activation.MoveNow;
                break;
            case ClusterNodeSuspended:
                server.NodePaused = true;
                break;
            case UpdateInterrupted:
                server.Watermark = true;
                break;
            case WindowsEndpointMissing:
                server.HasWindowsEndpoint = false;
                break;
            case WindowsEndpointConfigured:
                server.HasWindowsEndpoint = true;
                break;
            case SmtpExtensionsLost:
                server.HasSmtpExtensions = false;
                break;
            case Misrouted misrouted:
                server.AnsweredBy = Known(misrouted.AnsweredBy, now).Name;
                break;
            case ConnectionDiesAfterChange:
                server.CutsAfterChange = true;
                break;
            case SendConnectorSet connector:
                TransportConfiguration.Put(SendConnectors, connector.Connector, known => known.Name);
                break;
            default:
                if (ConfigurationChange.Apply(happened, server, now))
                    break;
                throw new ArgumentException($"The organisation does not know what {happened.GetType().Name} does.", nameof(happened));
        }
    }

    private SimulatedServer Known(ServerName name, DateTimeOffset now) => Find(name, now)
        ?? throw new ArgumentException($"'{name}' is not in the simulated organisation: {string.Join(", ", Names)} are.", nameof(name));

    private void Advance(DateTimeOffset now)
    {
        // A service changing its status divides the span: mail flows differently before and after.
        var instants = _servers.Values.SelectMany(server => server.Services.Changes(_now, now)).Append(now).Distinct().Order().ToList();
        foreach (var instant in instants.Where(instant => instant >= _now))
        {
            Flow(instant - _now);
            _now = instant;
            foreach (var server in _servers.Values)
                server.FollowStart(instant);
        }
    }

    private void Flow(TimeSpan span)
    {
        var open = _servers.Values.Where(server => server.TakesMail(_now)).Select(server => server.Name).ToHashSet();
        foreach (var server in _servers.Values)
        {
            server.Submit(span, _servers.Values.Any(other =>
                open.Contains(other.Name) && (other == server || server.Profile.SharesLoadWith(other.Profile))));
            if (!server.TransportRuns(_now))
                continue;
            foreach (var relay in server.Relays)
                relay.Flow(span, open.Contains(server.Name), relay.Members.Any(open.Contains));
        }
    }
}
