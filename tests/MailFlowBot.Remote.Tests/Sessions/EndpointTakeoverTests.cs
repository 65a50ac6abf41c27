using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>An endpoint hands a shell over to another client, pool and all.</summary>
public sealed class EndpointTakeoverTests
{
    private readonly ShellOptions _options = new("http://ex01.contoso.example/PowerShell/");

    [Fact]
    public async Task Another_client_lists_the_shell_takes_it_and_finds_the_pool_open()
    {
        await using var endpoint = new Endpoint();
        await using var first = await endpoint.OpenAsync();
        var found = Assert.Single(Assert.IsType<WsmanResponse.Enumerated>(await ListAsync(endpoint)).Shells);
        var second = ShellClient.Adopt(_options, Guid.NewGuid, found.Id, found.ResourceUri, Guid.NewGuid());
        var pool = new RunspacePoolClient(new PoolId(Guid.Parse(found.Id.Value)));

        var connect = second.Connect(pool.Connect());
        var answer = await endpoint.Server.AnswerAsync(connect.Envelope, default);
        var connected = Assert.IsType<WsmanResponse.Connected>(second.Accept(connect, answer.Envelope));
        var events = pool.ReceiveConnectResponse(connected.ConnectResponseXml);

        Assert.Contains(events, learnt => learnt is PoolEvent.Connected);
        Assert.Equal(RunspacePoolState.Opened, pool.State);
        var receive = second.Receive(null);
        var received = Assert.IsType<WsmanResponse.Received>(
            second.Accept(receive, (await endpoint.Server.AnswerAsync(receive.Envelope, default)).Envelope));
        Assert.NotEmpty(received.Blocks);
    }

    [Fact]
    public async Task A_takeover_without_a_negotiation_is_a_fault_and_the_shell_stays()
    {
        await using var endpoint = new Endpoint();
        await using var first = await endpoint.OpenAsync();
        var found = Assert.Single(Assert.IsType<WsmanResponse.Enumerated>(await ListAsync(endpoint)).Shells);
        var second = ShellClient.Adopt(_options, Guid.NewGuid, found.Id, null, Guid.NewGuid());

        var connect = second.Connect(new byte[] { 1, 2, 3 });
        var answer = await endpoint.Server.AnswerAsync(connect.Envelope, default);

        var fault = Assert.IsType<WsmanResponse.Faulted>(second.Accept(connect, answer.Envelope)).Fault;
        Assert.Equal((WsmanFaultCode.PluginConnectRefused, FaultReaction.Plugin), (fault.Code, fault.Reaction));
        Assert.Equal(1, endpoint.Server.ShellCount);
    }

    private async Task<WsmanResponse> ListAsync(Endpoint endpoint)
    {
        var list = new EnumerationClient(_options, Guid.NewGuid).Shells();
        return EnumerationClient.Accept(list, (await endpoint.Server.AnswerAsync(list.Envelope, default)).Envelope);
    }
}
