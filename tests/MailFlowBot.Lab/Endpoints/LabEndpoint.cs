using MailFlowBot.Lab.Accounts;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>
/// One endpoint of one server as one account sees it: the server role of our codec over the organisation's cmdlets. Windows counts its
/// quotas per user and Exchange shows each user the cmdlets of his roles only, so that nothing here is shared between accounts.
/// </summary>
internal sealed class LabEndpoint : IAsyncDisposable
{
    private readonly LabWorld _world;
    private readonly ServerName _server;
    private readonly IReadOnlyList<SimulatedCmdlet> _cmdlets;
    private readonly Throttle _throttle;
    private readonly EndpointServer _endpoint;

    public LabEndpoint(LabWorld world, ServerName server, EndpointKind kind, LabAccount account)
    {
        _world = world;
        _server = server;
        _cmdlets =
        [
            .. (kind == EndpointKind.Exchange ? ExchangeCmdlets.All.Concat(ConfigurationCmdlets.All) : WindowsCmdlets.On(server))
                .Where(cmdlet => account.Role == LabRole.OnCall || !cmdlet.Changes),
        ];
        _throttle = new Throttle(world.Quotas, world.Real);
        var quotas = world.Quotas;
        var shells = new ShellServerOptions(
            kind == EndpointKind.Exchange ? "Microsoft.Exchange" : "MailFlowBot", quotas.EnvelopeSize, quotas.Shells, quotas.CommandsPerShell)
        {
            Caller = new ShellCaller(account.UserName, "127.0.0.1"),
            MaxOperations = quotas.Operations,
            QuotaWording = quotas.Wording,
            LostAfter = quotas.LostAfter,
            IdleTimeOut = quotas.IdleTimeOut,
            MaxIdleTimeOut = quotas.MaxIdleTimeOut,
        };
        _endpoint = new EndpointServer(
            new EndpointServerOptions([.. _cmdlets.Select(cmdlet => cmdlet.Metadata), .. LabCmdlets.All]) { Shells = shells },
            RunAsync,
            world.Real);
    }

    public int ShellCount => _endpoint.ShellCount;

    public int CommandCount => _endpoint.CommandCount;

    /// <summary>Ends what was left alone for too long, also when nobody asks for anything.</summary>
    public void Expire() => _endpoint.Expire();

    public Task<WsmanAnswer> AnswerAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) =>
        _endpoint.AnswerAsync(envelope, cancellation);

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private async Task<PipelineResult> RunAsync(ServedPipeline pipeline, CancellationToken stopped)
    {
        var name = pipeline.Command.Name;
        _world.Counts.Command(name);
        if (_throttle.Count(name) is { } throttled)
            return PipelineResult.FailedBy(throttled);
        if (_world.Faults.OfCommand(pipeline) is { } injected)
            return injected;
        if (LabCmdlets.Run(pipeline, stopped) is { } ours)
            return await ours;
        var cmdlet = _cmdlets.FirstOrDefault(cmdlet => string.Equals(cmdlet.Name, name, StringComparison.OrdinalIgnoreCase));
        if (cmdlet is null)
            return PipelineResult.NotRecognised;
        if (cmdlet.Bind(pipeline.Command) is { } unbound)
            return PipelineResult.FailedBy(unbound);
        if (cmdlet.Changes)
            _world.Counts.Change($"{_server}: {CommandText.Line(pipeline.Command)}");
        var result = await cmdlet.Run(new CmdletCall(pipeline, _world.Organization, _server, stopped));
        if (cmdlet.Changes && _world.Organization.CutsNow(_server))
            _world.Cut(_server);
        return result;
    }
}
