using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Disconnect, Reconnect and Connect between our client's machines and our server's.</summary>
public sealed class TakeoverTests
{
    private static readonly byte[] Payload = [1, 2, 3, 4];

    private readonly ServerAtRest _server = new(new ShellServerOptions());
    private readonly ShellOptions _options = new("http://ex01.contoso.example/PowerShell/");
    private readonly ShellClient _client;
    private readonly CommandId _command = new(Guid.NewGuid());

    public TakeoverTests() => _client = new ShellClient(_options, Guid.NewGuid);

    [Fact]
    public void A_disconnected_shell_refuses_all_but_Reconnect_and_keeps_its_output()
    {
        var shell = Open();
        var waiting = Wait(_client, null);

        Assert.IsType<ShellStep.ShellDisconnected>(Step(_client.Disconnect(TimeSpan.FromHours(1))));

        Assert.Equal(FaultReaction.Reconnect, Fault(_server.Poll(waiting)!).Reaction);
        Assert.Equal(WsmanFaultCode.ShellDisconnected, Refused(_client.Receive(null)).Code);
        Assert.Equal(WsmanFaultCode.ShellDisconnected, Refused(_client.Command(_command, Payload)).Code);
        _server.Enqueue(shell, null, Payload);
        Assert.IsType<WsmanResponse.Reconnected>(Ask(_client, _client.Reconnect()));
        Assert.Equal(Payload, Assert.Single(Received(_client, null).Blocks).Content.ToArray());
    }

    [Fact]
    public void Only_the_session_that_disconnected_reconnects_and_it_may_be_a_client_started_anew()
    {
        var shell = Open();
        Ask(_client, _client.Disconnect());
        var stranger = ShellClient.Adopt(_options, Guid.NewGuid, shell, null, Guid.NewGuid());
        var again = ShellClient.Adopt(_options, Guid.NewGuid, shell, _client.Shell!.ResourceUri, _client.SessionId);

        var fault = Refused(stranger.Reconnect());
        Assert.Equal((FaultReaction.InUse, "CONTOSO\\bot"), (fault.Reaction, fault.Owner));
        Assert.IsType<WsmanResponse.Reconnected>(Ask(again, again.Reconnect()));
    }

    [Fact]
    public void Another_session_takes_the_shell_and_the_former_is_told()
    {
        var shell = Open();
        Step(_client.Command(_command, Payload));
        var waiting = Wait(_client, _command);
        var other = ShellClient.Adopt(_options, Guid.NewGuid, shell, null, Guid.NewGuid());
        var request = other.Connect(new byte[] { 7, 8 });

        var step = Assert.IsType<ShellStep.ConnectRequested>(Step(request));
        Assert.Equal([7, 8], step.ConnectXml.ToArray());
        var connected = Assert.IsType<WsmanResponse.Connected>(other.Accept(request, _server.Connect(step, new byte[] { 9 }).Envelope));

        Assert.Equal([9], connected.ConnectResponseXml.ToArray());
        Assert.Equal(FaultReaction.Taken, Fault(_server.Poll(waiting)!).Reaction);
        Assert.Equal(FaultReaction.Taken, Refused(_client.Receive(null)).Reaction);
        Assert.Equal(FaultReaction.Taken, Refused(_client.Command(new CommandId(Guid.NewGuid()), Payload)).Reaction);
        Assert.IsType<WsmanResponse.Connected>(Ask(other, other.Connect(_command)));
        _server.Enqueue(shell, _command, Payload);
        Assert.Equal(Payload, Assert.Single(Received(other, _command).Blocks).Content.ToArray());
    }

    [Fact]
    public void A_refused_takeover_changes_nothing()
    {
        var shell = Open();
        var waiting = Wait(_client, null);
        var other = ShellClient.Adopt(_options, Guid.NewGuid, shell, null, Guid.NewGuid());
        var step = Step(other.Connect(Payload));

        Assert.True(_server.Reject(step, new WsmanFault(WsmanFaultCode.PluginConnectRefused, null, "no")).IsFault);

        Assert.Null(_server.Poll(waiting));
        Assert.Equal(FaultReaction.Plugin, Refused(other.Connect(default(ReadOnlyMemory<byte>))).Reaction);
        Assert.Equal(FaultReaction.ShellGone, Refused(_client.Connect(_command)).Reaction);
    }

    [Fact]
    public void Another_user_gets_nothing_of_the_shell()
    {
        var shell = Open();
        var other = ShellClient.Adopt(_options, Guid.NewGuid, shell, null, Guid.NewGuid());
        PendingRequest[] requests = [other.Connect(Payload), other.Delete(), other.Get(), other.Receive(null)];

        Assert.All(requests, request =>
        {
            var answered = Assert.IsType<ShellStep.Answered>(_server.Receive(request.Envelope, new ShellCaller("CONTOSO\\eve")));
            Assert.Equal(FaultReaction.Denied, Fault(answered.Answer).Reaction);
        });
    }

    [Fact]
    public void An_idle_time_out_over_the_maximum_is_refused()
    {
        Open();

        Assert.Equal(WsmanFaultCode.InvalidParameter, Refused(_client.Disconnect(TimeSpan.FromDays(30))).Code);
        Assert.IsType<WsmanResponse.Disconnected>(Ask(_client, _client.Disconnect(TimeSpan.FromHours(2))));
    }

    [Fact]
    public void A_shell_left_alone_for_its_idle_time_out_is_ended_and_one_in_use_is_not()
    {
        var shell = Open();
        Ask(_client, _client.Disconnect(TimeSpan.FromMinutes(5)));
        var used = new ShellClient(_options, Guid.NewGuid);
        var kept = Assert.IsType<WsmanResponse.Created>(Ask(used, used.Create(Guid.NewGuid(), Payload))).Shell.Id;
        var waiting = Wait(used, null);

        _server.Now += TimeSpan.FromMinutes(4);
        Assert.Empty(_server.Expire());
        _server.Now += TimeSpan.FromMinutes(60);
        Assert.Equal([shell], _server.Expire());

        Assert.Equal([kept], _server.Shells);
        Assert.Equal(FaultReaction.ShellGone, Refused(_client.Reconnect()).Reaction);
        _server.TimeOut(waiting);
        Assert.Empty(_server.Expire());
        _server.Now += TimeSpan.FromMinutes(60);
        Assert.Equal([kept], _server.Expire());
    }

    [Fact]
    public void A_client_that_does_not_receive_counts_as_lost_and_may_reconnect()
    {
        var server = new ServerAtRest(new ShellServerOptions { LostAfter = TimeSpan.FromMinutes(2) });
        var create = _client.Create(Guid.NewGuid(), Payload);
        _client.Accept(create, Answer(server.Receive(create.Envelope)).Envelope);
        var ticket = Assert.IsType<ShellStep.Polling>(server.Receive(_client.Receive(null).Envelope)).Ticket;

        server.Now += TimeSpan.FromMinutes(3);
        server.Expire();
        Assert.Null(server.Poll(ticket));
        server.Abandon(ticket);
        server.Expire();

        Assert.Equal(FaultReaction.Reconnect, Fault(Answer(server.Receive(_client.Receive(null).Envelope))).Reaction);
        Assert.False(Answer(server.Receive(_client.Reconnect().Envelope)).IsFault);
        Assert.IsType<ShellStep.Polling>(server.Receive(_client.Receive(null).Envelope));
    }

    private ShellId Open() => Assert.IsType<WsmanResponse.Created>(Ask(_client, _client.Create(Guid.NewGuid(), Payload))).Shell.Id;

    private ShellStep Step(PendingRequest request) => _server.Receive(request.Envelope);

    private WsmanResponse Ask(ShellClient client, PendingRequest request) => client.Accept(request, Answer(Step(request)).Envelope);

    private ReceiveTicket Wait(ShellClient client, CommandId? command) => Assert.IsType<ShellStep.Polling>(Step(client.Receive(command))).Ticket;

    private WsmanResponse.Received Received(ShellClient client, CommandId? command)
    {
        var request = client.Receive(command);
        var ticket = Assert.IsType<ShellStep.Polling>(Step(request)).Ticket;
        return Assert.IsType<WsmanResponse.Received>(client.Accept(request, _server.Poll(ticket)!.Envelope));
    }

    private WsmanFault Refused(PendingRequest request) => Fault(Assert.IsType<ShellStep.Answered>(Step(request)).Answer);

    private static WsmanFault Fault(WsmanAnswer answer) => Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(answer.Envelope)).Fault;

    private static WsmanAnswer Answer(ShellStep step) => step switch
    {
        ShellStep.Answered answered => answered.Answer,
        ShellStep.ShellRequested created => created.Answer,
        ShellStep.CommandRequested started => started.Answer,
        ShellStep.ShellDisconnected left => left.Answer,
        ShellStep.CommandConnected connected => connected.Answer,
        _ => throw new InvalidOperationException(step.GetType().Name),
    };
}
