using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>The server's quotas, each with its code in both spellings, and what it makes of repeated requests.</summary>
public sealed class QuotaTests
{
    private static readonly byte[] Payload = [1, 2, 3, 4];
    private static readonly ShellCaller Other = new("CONTOSO\\other");

    private readonly ShellOptions _options = new("http://ex01.contoso.example/PowerShell/");

    [Theory]
    [InlineData(false, 2150859173u, 2150859174u)]
    [InlineData(true, 2150859236u, 2150859240u)]
    public void The_quotas_of_a_user_have_two_spellings(bool ofPlugin, uint shells, uint operations)
    {
        var server = new ServerAtRest(new ShellServerOptions(MaxShells: 2)
        {
            MaxOperations = 2,
            QuotaWording = ofPlugin ? QuotaWording.Plugin : QuotaWording.User,
        });
        var (first, second) = (Open(server), Open(server));

        Assert.Equal((shells, WsmanQuota.Shells), Refused(server, New().Create(Guid.NewGuid(), Payload)));
        var waiting = Wait(server, first);
        Wait(server, second);
        var command = new CommandId(Guid.NewGuid());
        server.Receive(first.Command(command, Payload).Envelope);
        Assert.Equal((operations, WsmanQuota.Operations), Refused(server, first.Receive(command)));

        // One that takes another's place is no further operation; one that has ended makes room.
        Wait(server, second);
        server.TimeOut(waiting);
        Assert.IsType<ShellStep.Polling>(server.Receive(first.Receive(command).Envelope));
    }

    [Fact]
    public void Each_user_has_a_quota_of_his_own()
    {
        var server = new ServerAtRest(new ShellServerOptions(MaxShells: 1) { MaxOperations = 1 });
        Wait(server, Open(server));

        server.Caller = Other;

        Wait(server, Open(server));
    }

    [Fact]
    public void Users_shells_and_operations_of_all_users_are_limited()
    {
        var users = new ServerAtRest(new ShellServerOptions { MaxUsers = 1 });
        Open(users);
        Open(users);
        users.Caller = Other;
        Assert.Equal((2150859237u, WsmanQuota.Users), Refused(users, New().Create(Guid.NewGuid(), Payload)));

        var shells = new ServerAtRest(new ShellServerOptions { MaxPluginShells = 1 });
        Open(shells);
        shells.Caller = Other;
        Assert.Equal((2150859238u, WsmanQuota.PluginShells), Refused(shells, New().Create(Guid.NewGuid(), Payload)));

        var operations = new ServerAtRest(new ShellServerOptions { MaxPluginOperations = 1 });
        Wait(operations, Open(operations));
        operations.Caller = Other;
        Assert.Equal((2150859239u, WsmanQuota.PluginOperations), Refused(operations, Open(operations).Receive(null)));
    }

    [Fact]
    public void A_repeated_Create_or_Command_is_answered_as_before_and_done_once()
    {
        var server = new ServerAtRest(new ShellServerOptions(MaxShells: 1, MaxCommandsPerShell: 1));
        var client = New();
        var create = client.Create(Guid.NewGuid(), Payload);
        var created = Assert.IsType<ShellStep.ShellRequested>(server.Receive(create.Envelope));

        Assert.Equal(created.Answer, Assert.IsType<ShellStep.Answered>(server.Receive(create.Envelope)).Answer);
        client.Accept(create, created.Answer.Envelope);
        var command = client.Command(new CommandId(Guid.NewGuid()), Payload);
        var started = Assert.IsType<ShellStep.CommandRequested>(server.Receive(command.Envelope));
        Assert.Equal(started.Answer, Assert.IsType<ShellStep.Answered>(server.Receive(command.Envelope)).Answer);
        Assert.Single(server.Shells);
        Assert.Equal(1, server.CommandCount(created.Shell));
    }

    [Fact]
    public void A_repeated_Create_of_another_user_learns_nothing()
    {
        var server = new ServerAtRest(new ShellServerOptions());
        var create = New().Create(Guid.NewGuid(), Payload);
        server.Receive(create.Envelope);

        var answered = Assert.IsType<ShellStep.Answered>(server.Receive(create.Envelope, Other));

        Assert.Equal(WsmanFaultCode.AlreadyExists, Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(answered.Answer.Envelope)).Fault.Code);
    }

    private ShellClient New() => new(_options, Guid.NewGuid);

    private ShellClient Open(ServerAtRest server)
    {
        var client = New();
        var create = client.Create(Guid.NewGuid(), Payload);
        client.Accept(create, Assert.IsType<ShellStep.ShellRequested>(server.Receive(create.Envelope)).Answer.Envelope);
        return client;
    }

    private static ReceiveTicket Wait(ServerAtRest server, ShellClient client) =>
        Assert.IsType<ShellStep.Polling>(server.Receive(client.Receive(null).Envelope)).Ticket;

    private static (uint Code, WsmanQuota Quota) Refused(ServerAtRest server, PendingRequest request)
    {
        var answer = Assert.IsType<ShellStep.Answered>(server.Receive(request.Envelope)).Answer;
        var fault = Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(answer.Envelope)).Fault;
        Assert.Equal(FaultReaction.Quota, fault.Reaction);
        return (fault.RawCode, fault.Quota);
    }
}
