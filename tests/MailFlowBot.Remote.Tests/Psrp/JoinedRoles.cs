using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>Our client's machines and our server's, joined without anything between.</summary>
internal sealed class JoinedRoles
{
    public RunspacePoolClient Client { get; } = new(new PoolId(Guid.NewGuid()));

    public RunspacePoolServer Server { get; } = new(new ApplicationPrivateData(new Version(5, 1, 14393)));

    public static JoinedRoles Opened()
    {
        var joined = new JoinedRoles();
        joined.Open();
        return joined;
    }

    public void Open()
    {
        foreach (var request in Server.Receive(Client.Open()))
            Client.Receive(Answer(request));
        Client.Settle();
    }

    /// <summary>A pipeline that runs at the server.</summary>
    public (PipelineClient Client, PipelineServer Server) Start(string command = "Get-Queue")
    {
        var client = Client.CreatePipeline(new PipelineId(Guid.NewGuid()), new CreatePipeline([new PsCommand(command)]));
        var server = Server.Accept();
        Assert.Single(client.Start().SelectMany(fragment => server.Receive(fragment)));
        return (client, server);
    }

    public static ReadOnlyMemory<byte> Answer(PoolRequest request) => request switch
    {
        PoolRequest.Negotiated negotiated => negotiated.Answer,
        PoolRequest.Opened opened => opened.Answer,
        PoolRequest.AvailabilityAsked asked => asked.Answer,
        PoolRequest.Connected connected => connected.Answer,
        _ => default,
    };
}
