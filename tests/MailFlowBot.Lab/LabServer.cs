using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Authentication;
using MailFlowBot.Lab.Certificates;
using MailFlowBot.Lab.Control;
using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Lab.Http;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Lab;

/// <summary>
/// A WSMan server in front of the simulated organisation: both endpoints of each server behind one listener, at
/// <c>/EX01/PowerShell/</c> (Microsoft.Exchange) and <c>/EX01/wsman</c> (MailFlowBot).
/// </summary>
internal sealed class LabServer : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly LabConnections _connections = new();
    private readonly LabEndpoints _endpoints;
    private readonly ITimer _sweep;
    private LabListener? _listener;

    private LabServer(LabOptions options)
    {
        Options = options;
        var drill = Drills.Named(options.Drill) ?? throw new ArgumentException(
            $"There is no drill '{options.Drill}'. There are: {string.Join(", ", Drills.All.Select(known => known.Name))}.", nameof(options));
        Organization = new SimulatedOrganization(new JumpingTime(), drill);
        Faults = new FaultPlan(options.Faults);
        Logons = new Logons(options.Password, options.LockoutThreshold);
        Authority = new LabAuthority(TimeProvider.System);
        _endpoints = new LabEndpoints(Organization, options.Quotas, Counts, Faults, options.Time, _connections.AbortTo);
        _sweep = options.Time.CreateTimer(_ => Sweep(), null, SweepInterval, Timeout.InfiniteTimeSpan);
    }

    public LabOptions Options { get; }

    public SimulatedOrganization Organization { get; }

    /// <summary>Faults may be armed and lifted while the server runs.</summary>
    public FaultPlan Faults { get; }

    public Logons Logons { get; }

    public LabAuthority Authority { get; }

    public LabCounts Counts { get; } = new();

    /// <summary>Root of the HTTP listener under the name localhost; null when there is none.</summary>
    public Uri? Http => _listener!.Http;

    /// <summary>Root of the HTTPS listener under the name localhost; null when there is none.</summary>
    public Uri? Https => _listener!.Https;

    /// <summary>Shells open now, over all servers and accounts.</summary>
    public int ShellCount => _endpoints.ShellCount;

    /// <summary>Commands that were not terminated yet.</summary>
    public int CommandCount => _endpoints.CommandCount;

    public int SocketCount => _connections.OpenCount;

    /// <summary>Sockets since the start.</summary>
    public int AcceptedSocketCount => _connections.AcceptedCount;

    /// <exception cref="ArgumentException">There is no such drill or fault.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<LabServer> StartAsync(LabOptions options)
    {
        var server = new LabServer(options);
        if (options.CertificateFolder is { } folder)
            server.Authority.Write(folder);
        var wsman = new WsmanRoute(options, new Gate(options, server.Logons, server.Authority), server._endpoints, path => server.Address(path).AbsoluteUri);
        var control = new ControlRoute(new LabCommands(server));
        server._listener = await LabListener.StartAsync(
            options,
            server.Authority,
            server._connections,
            server.Faults,
            context => ControlRoute.Takes(context) ? control.ServeAsync(context) : wsman.ServeAsync(context));
        return server;
    }

    /// <summary>The address of an endpoint, over HTTPS where there is that listener.</summary>
    /// <param name="path">e.g. <c>EX01/PowerShell/</c>.</param>
    public Uri Address(string path) => new(Https ?? Http!, path);

    /// <summary>All servers restart: shells are forgotten, connections cut.</summary>
    public void Restart()
    {
        _endpoints.Restart();
        _connections.AbortAll();
    }

    /// <summary>Cuts all connections and keeps the shells, as a network does.</summary>
    public void CutConnections() => _connections.AbortAll();

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        if (_listener is not null)
            await _listener.DisposeAsync();
        await _endpoints.DisposeAsync();
        Authority.Dispose();
    }

    // Shells end when their time is over, also when nobody asks for anything any more.
    private void Sweep()
    {
        _endpoints.Expire();
        _sweep.Change(SweepInterval, Timeout.InfiniteTimeSpan);
    }
}
