using System.Net.Sockets;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Smtp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// Reader and sender over the endpoints of a simulated organisation. Everything between them is what a real organisation gets: sessions,
/// the protocol in both roles, object XML; only the transport stays in memory.
/// </summary>
public sealed class SimulatedEndpoints : IAsyncDisposable
{
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(60);

    private static readonly DomainName ProbeName = new($"probe.{ServerProfile.Domain}");

    private readonly Dictionary<EndpointName, SimulatedEndpoint> _endpoints = [];
    private readonly SessionPool _sessions;

    public SimulatedEndpoints(SimulatedOrganization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var real = TimeProvider.System;
        foreach (var server in organization.EveryServer)
        {
            foreach (var kind in Enum.GetValues<EndpointKind>())
                _endpoints.Add(EndpointDirectory.NameOf(kind, server), new SimulatedEndpoint(organization, server, kind, real));
        }

        _sessions = new SessionPool((name, cancellation) => OpenAsync(name, real, cancellation));
        var directory = new EndpointDirectory(organization.EveryServer, organization.HasWindowsEndpoint, organization.HasExchangeEndpoint);
        var smtp = new SmtpProber(
            organization.EveryServer, (server, door, _) => Task.FromResult<Stream?>(Connect(organization, server, door)), ProbeName, organization.Time, real);
        Reader = new EndpointReader(_sessions, directory, organization.Time, real, ReadLimit, smtp, () => organization.DeclaredInventory);
        Send = new EndpointSender(_sessions, directory).SendAsync;
    }

    public IExchangeReader Reader { get; }

    /// <summary>Carries out one change, at most once. For the execution agent only: it checks no grant.</summary>
    public Func<ChangeOperation, CancellationToken, Task<ChangeOutcome>> Send { get; }

    /// <summary>Commands that all endpoints were sent, reads and changes; SMTP probes go to no endpoint.</summary>
    public int Calls => _endpoints.Values.Sum(endpoint => endpoint.Calls);

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync().ConfigureAwait(false);
        foreach (var endpoint in _endpoints.Values)
            await endpoint.DisposeAsync().ConfigureAwait(false);
    }

    private static DoorStream? Connect(SimulatedOrganization organization, ServerName server, SmtpDoor door) =>
        // A server of the other organisation is nowhere to be found.
        !organization.Servers.Contains(server) ? throw new SocketException((int)SocketError.HostNotFound)
        : organization.Door(server, door) is { } answers ? new DoorStream(new DoorDialogue(answers))
        : null;

    private Task<RemoteSession> OpenAsync(EndpointName name, TimeProvider real, CancellationToken cancellation)
    {
        var endpoint = _endpoints[name];
        var shell = new ShellOptions($"simulation://{name}", endpoint.ConfigurationName);

        // A connection that a drill cuts stays cut; a real one would be dialled again.
        var options = new RemoteSessionOptions(shell) { RecoveryWindow = TimeSpan.Zero };
        return RemoteSession.OpenAsync(endpoint.Connect(), options, real, cancellation);
    }
}
