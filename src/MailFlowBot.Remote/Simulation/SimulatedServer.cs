using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The changing state of one simulated server.</summary>
internal sealed class SimulatedServer(ServerProfile profile, IReadOnlyList<RelayQueue> relays, DateTimeOffset since)
{
    private const double OutboxDrainPerMinute = 1800;

    public ServerProfile Profile => profile;

    public ServerName Name => profile.Name;

    public ComponentStore Components { get; } = new();

    public ServiceTable Services { get; } = new(since);

    public IReadOnlyList<RelayQueue> Relays => relays;

    public EventLog Log { get; } = new();

    public ResourceMeters Meters { get; } = new();

    public TransportConfiguration Configuration { get; } = new(profile, since);

    public string ActivationPolicy { get; set; } = "Unrestricted";

    public bool MoveNow { get; set; }

    public bool NodePaused { get; set; }

    public bool SetupRunning { get; set; }

    public bool Watermark { get; set; }

    public bool RebootPending { get; set; }

    public bool HasWindowsEndpoint { get; set; } = profile.IsModern;

    /// <summary>Whether the SMTP service of an Exchange 2003 offers the verbs that Exchange adds to it.</summary>
    public bool HasSmtpExtensions { get; set; } = true;

    /// <summary>The server that reads about this one are really about.</summary>
    public ServerName AnsweredBy { get; set; } = profile.Name;

    public bool CutsAfterChange { get; set; }

    /// <summary>Mail of this server's users that no transport server takes: it stays in Outbox or Drafts.</summary>
    public double Outbox { get; private set; }

    /// <summary>
    /// The transport service refuses mail since an entry of its component left Active, and goes on doing so until it is restarted
    /// with all of them Active (KB 2866822, Resolution, step 2). ServerWideOffline comes on top and leaves nothing behind.
    /// </summary>
    private bool Refusing { get; set; }

    public bool TakesMail(DateTimeOffset now) =>
        TransportRuns(now) && !Refusing && !Meters.Refusing && Components.State(ComponentName.HubTransport) == ComponentState.Active;

    public bool TransportRuns(DateTimeOffset now) => Services.Status(WindowsService.Transport, now) == ServiceStatus.Running;

    /// <summary>A component was set: the service follows an Inactive at once, an Active only when it starts.</summary>
    public void FollowComponent()
    {
        if (Components.OwnState(ComponentName.HubTransport) != ComponentState.Active)
            Refusing = true;
    }

    /// <summary>The transport service came up at exactly this instant: it takes the component's entries as they are now.</summary>
    public void FollowStart(DateTimeOffset now)
    {
        if (TransportRuns(now) && Services.Since(WindowsService.Transport, now) == now)
            Refusing = Components.OwnState(ComponentName.HubTransport) != ComponentState.Active;
    }

    public void Submit(TimeSpan span, bool someoneTakesIt) => Outbox = Math.Max(
        0, Outbox + ((someoneTakesIt ? -OutboxDrainPerMinute : profile.UsersPerMinute) * span.TotalMinutes));
}
