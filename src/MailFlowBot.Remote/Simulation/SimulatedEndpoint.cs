using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Simulation;

/// <summary>One endpoint of a simulated server: the server role of the codec the bot speaks, over the organisation's cmdlets.</summary>
internal sealed class SimulatedEndpoint : IAsyncDisposable
{
    private readonly SimulatedOrganization _organization;
    private readonly ServerName _server;
    private readonly IReadOnlyList<SimulatedCmdlet> _cmdlets;
    private readonly EndpointServer _endpoint;
    private int _cut;
    private int _calls;

    /// <param name="real">The clock of the protocol's own waits; never one that jumps.</param>
    public SimulatedEndpoint(SimulatedOrganization organization, ServerName server, EndpointKind kind, TimeProvider real)
    {
        _organization = organization;
        _server = server;
        _cmdlets = kind == EndpointKind.Exchange ? [.. ExchangeCmdlets.All, .. ConfigurationCmdlets.All] : WindowsCmdlets.On(server);
        ConfigurationName = kind == EndpointKind.Exchange ? "Microsoft.Exchange" : "MailFlowBot";
        _endpoint = new EndpointServer(
            new EndpointServerOptions([.. _cmdlets.Select(cmdlet => cmdlet.Metadata)]) { Shells = new(ConfigurationName) }, RunAsync, real);
    }

    public string ConfigurationName { get; }

    /// <summary>Commands that were sent to it since it began.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>A connection of its own; it dies when the drill says so, and a new one works.</summary>
    public IWsmanTransport Connect()
    {
        var cut = Volatile.Read(ref _cut);
        return new InMemoryTransport(async (envelope, cancellation) =>
        {
            Alive(cut, Delivery.NotSent);
            var reply = await _endpoint.PostAsync(envelope, cancellation).ConfigureAwait(false);
            Alive(cut, Delivery.Unknown);
            return reply;
        });
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private void Alive(int cut, Delivery delivery)
    {
        if (Volatile.Read(ref _cut) != cut)
            throw new TransportException(delivery, $"The connection to {_server} was lost.");
    }

    private async Task<PipelineResult> RunAsync(ServedPipeline pipeline, CancellationToken stopped)
    {
        Interlocked.Increment(ref _calls);
        var name = pipeline.Command.Name;
        var cmdlet = _cmdlets.FirstOrDefault(cmdlet => string.Equals(cmdlet.Name, name, StringComparison.OrdinalIgnoreCase));
        if (cmdlet is null)
            return PipelineResult.NotRecognised;
        if (cmdlet.Bind(pipeline.Command) is { } unbound)
            return PipelineResult.FailedBy(unbound);
        var result = await cmdlet.Run(new CmdletCall(pipeline, _organization, _server, stopped)).ConfigureAwait(false);
        if (cmdlet.Changes && _organization.CutsNow(_server))
            Interlocked.Increment(ref _cut);
        return result;
    }
}
