using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Benchmarks;

/// <summary>A simulated organisation of any size whose lines take their time.</summary>
internal sealed class ServerFarm : IAsyncDisposable
{
    private static readonly Credentials Nobody = new(AuthenticationKind.None);
    private static readonly EndpointTemplate Exchange = new("https://{server}.farm.example/PowerShell/", "Microsoft.Exchange", Nobody);
    private static readonly EndpointTemplate Windows = new("https://{server}.farm.example:5986/wsman", "MailFlowBot", Nobody);

    private readonly Dictionary<Uri, SimulatedEndpoint> _served = [];
    private readonly TimeSpan _latency;
    private int _calls;
    private int _envelopes;
    private int _open;
    private int _mostShells;

    public ServerFarm(int count, TimeSpan latency)
    {
        _latency = latency;
        var profiles = Enumerable.Range(1, count).Select(number => ServerProfile.OrganizationA[0] with
        {
            Name = new ServerName($"EX{number:00}"),
            Dag = $"DAG{(number + 1) / 2}",
            Database = $"DB{number:00}",
        }).ToList();
        var organization = new SimulatedOrganization(new JumpingTime(), Drills.Named("healthy")!, profiles);
        foreach (var server in organization.Servers)
        {
            _served.Add(Exchange.For(server).Address, new SimulatedEndpoint(organization, server, EndpointKind.Exchange, TimeProvider.System));
            _served.Add(Windows.For(server).Address, new SimulatedEndpoint(organization, server, EndpointKind.Windows, TimeProvider.System));
        }

        Servers = organization.Servers;
    }

    public IReadOnlyList<ServerName> Servers { get; }

    public int Calls => _calls;

    public int Envelopes => _envelopes;

    public int MostShells => _mostShells;

    public RemoteEndpoints Connect(bool windows) => new(
        new RemoteOrganization(Servers, Exchange, windows ? Windows : null), endpoint => new SlowLine(this, _served[endpoint.Address].Connect()));

    public void CountCall() => Interlocked.Increment(ref _calls);

    public void ResetCounts() => (_calls, _envelopes, _mostShells) = (0, 0, 0);

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _served.Values)
            await endpoint.DisposeAsync();
    }

    // One line is one session, from its first envelope on.
    private sealed class SlowLine(ServerFarm farm, IWsmanTransport inner) : IWsmanTransport
    {
        private int _isOpen;

        public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
        {
            Interlocked.Increment(ref farm._envelopes);
            if (Interlocked.Exchange(ref _isOpen, 1) == 0)
                farm._mostShells = Math.Max(farm._mostShells, Interlocked.Increment(ref farm._open));
            await Task.Delay(farm._latency / 2, cancellation);
            var reply = await inner.PostAsync(envelope, cancellation);
            await Task.Delay(farm._latency / 2, cancellation);
            return reply;
        }

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isOpen, 2) == 1)
                Interlocked.Decrement(ref farm._open);
            return inner.DisposeAsync();
        }
    }
}
