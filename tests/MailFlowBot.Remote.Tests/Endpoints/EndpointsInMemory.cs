using System.Collections.Concurrent;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Endpoints;

/// <summary>A simulated organisation behind addresses, with everything of a real one but the sockets.</summary>
internal sealed class EndpointsInMemory : IAsyncDisposable
{
    private const string Exchange = "https://{server}.lab.example/PowerShell/";
    private const string Windows = "https://{server}.lab.example:5986/wsman";

    private static readonly Credentials Nobody = new(AuthenticationKind.None);

    private readonly Dictionary<Uri, SimulatedEndpoint> _served = [];

    public EndpointsInMemory(bool hasWindows = true, IReadOnlyList<ServerName>? windowsServers = null, Func<ServerName, Uri, IWsmanTransport?>? instead = null, SmtpAddress? smtp = null)
    {
        Organization = new SimulatedOrganization(new JumpingTime(), Drills.Default);
        var exchange = new EndpointTemplate(Exchange, "Microsoft.Exchange", Nobody);
        var windows = new EndpointTemplate(Windows, "MailFlowBot", Nobody);
        var names = new Dictionary<Uri, ServerName>();
        foreach (var server in Organization.Servers)
        {
            foreach (var (kind, template) in new[] { (EndpointKind.Exchange, exchange), (EndpointKind.Windows, windows) })
            {
                var address = template.For(server).Address;
                names.Add(address, server);
                _served.Add(address, new SimulatedEndpoint(Organization, server, kind, TimeProvider.System));
            }
        }

        Endpoints = new RemoteEndpoints(
            new RemoteOrganization([.. Organization.Servers], exchange, hasWindows ? windows : null) { WindowsServers = windowsServers, SmtpProbe = smtp },
            endpoint =>
            {
                Connected.Enqueue(endpoint.Address);
                return instead?.Invoke(names[endpoint.Address], endpoint.Address) ?? _served[endpoint.Address].Connect();
            });
    }

    public SimulatedOrganization Organization { get; }

    public RemoteEndpoints Endpoints { get; }

    /// <summary>Addresses that a connection was made to, in order.</summary>
    public ConcurrentQueue<Uri> Connected { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await Endpoints.DisposeAsync();
        foreach (var endpoint in _served.Values)
            await endpoint.DisposeAsync();
    }
}
