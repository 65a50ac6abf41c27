using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>Both doors of the simulated servers, through the probe's own machine.</summary>
public sealed class SmtpDoorTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex02 = new("EX02");
    private static readonly ServerName Ex03 = new("EX03");

    private readonly SimulatedOrganization _organization = new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Named("healthy")!);
    private readonly SimulatedEndpoints _endpoints;

    public SmtpDoorTests() => _endpoints = new SimulatedEndpoints(_organization);

    public static TheoryData<string> Names => [.. Drills.OfOrganizationA.Select(drill => drill.Name)];

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    private async Task<SmtpProbeFact> KnockAsync(ServerName server, SmtpDoor door)
    {
        var seen = Assert.IsType<Seen>(await _endpoints.Reader.ReadAsync(new ReadSmtpProbe(server, door), CancellationToken.None));
        Assert.Equal(new Origin(OriginKind.Endpoint, server.Value), seen.Origin);
        var fact = Assert.IsType<SmtpProbeFact>(seen.Fact);
        Assert.Equal((server, door), (fact.Server, fact.Door));
        return fact;
    }

    [Fact]
    public async Task A_healthy_server_is_alive_at_both_doors()
    {
        var transport = await KnockAsync(Ex01, SmtpDoor.Transport);
        var front = await KnockAsync(Ex01, SmtpDoor.FrontDoor);

        Assert.Equal((SmtpStage.Mailed, 530, "5.7.1", true), (transport.Stage, transport.Code, transport.Enhanced, transport.IsAlive));
        Assert.Equal((SmtpStage.Mailed, 250, "2.1.0", true), (front.Stage, front.Code, front.Enhanced, front.IsAlive));
        Assert.True(transport.Offers("X-EXPS GSSAPI NTLM") && transport.Offers("starttls") && !transport.Offers("X-LINK2STATE") && !transport.Offers("XEXCH50"));
        Assert.StartsWith("EX01.corp.example Microsoft ESMTP MAIL Service ready at Sun, ", transport.Banner, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Port_2525_is_alive_exactly_when_the_server_takes_mail(string drill)
    {
        _organization.Start(Drills.Named(drill)!);

        foreach (var server in _organization.Servers)
            Assert.Equal(_organization.TakesMail(server), (await KnockAsync(server, SmtpDoor.Transport)).IsAlive);
    }

    [Fact]
    public async Task An_inactive_transport_refuses_work_until_it_was_restarted()
    {
        _organization.Start(Drills.Named("transport-inactive")!);
        Assert.True((await KnockAsync(Ex03, SmtpDoor.Transport)).RefusesWork);

        await _endpoints.Send(new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active), CancellationToken.None);
        Assert.True((await KnockAsync(Ex03, SmtpDoor.Transport)).RefusesWork);

        await _endpoints.Send(new RestartService(Ex03, WindowsService.Transport), CancellationToken.None);
        Assert.True((await KnockAsync(Ex03, SmtpDoor.Transport)).IsAlive);
    }

    [Fact]
    public async Task The_front_door_hands_on_to_a_peer_and_so_says_nothing_about_its_own_transport()
    {
        _organization.Start(Drills.Named("dag-peer")!);

        Assert.True((await KnockAsync(Ex01, SmtpDoor.Transport)).RefusesWork);
        Assert.True((await KnockAsync(Ex01, SmtpDoor.FrontDoor)).IsAlive);
        Assert.True((await KnockAsync(Ex02, SmtpDoor.Transport)).IsAlive);
    }

    [Fact]
    public async Task Where_nobody_stands_in_the_front_door_passes_the_refusal_on()
    {
        _organization.Start(Drills.Named("transport-inactive")!);
        Assert.True((await KnockAsync(Ex03, SmtpDoor.FrontDoor)).RefusesWork);

        _organization.Start(Drills.Named("transport-stopped")!);
        Assert.Equal(451, (await KnockAsync(Ex03, SmtpDoor.FrontDoor)).Code);
    }

    [Fact]
    public async Task A_service_that_does_not_run_leaves_its_door_closed()
    {
        _organization.Start(Drills.Named("transport-stopped")!);
        _organization.Apply(new ServiceStopped(TimeSpan.Zero, Ex01, WindowsService.FrontEndTransport));
        _organization.Time.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(SmtpStage.NotConnected, (await KnockAsync(Ex03, SmtpDoor.Transport)).Stage);
        Assert.Equal(SmtpStage.NotConnected, (await KnockAsync(Ex01, SmtpDoor.FrontDoor)).Stage);
        Assert.True((await KnockAsync(Ex01, SmtpDoor.Transport)).IsAlive);
    }

    [Fact]
    public async Task A_draining_server_and_an_inactive_front_door_refuse_work()
    {
        _organization.Apply(new ComponentSet(TimeSpan.Zero, Ex01, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Draining));
        _organization.Apply(new ComponentSet(TimeSpan.Zero, Ex02, ComponentName.FrontendTransport, Requester.Functional, ComponentState.Inactive));

        Assert.Equal("4.3.2 Service not available", (await KnockAsync(Ex01, SmtpDoor.Transport)).Said);
        Assert.True((await KnockAsync(Ex02, SmtpDoor.FrontDoor)).RefusesWork);
        Assert.True((await KnockAsync(Ex02, SmtpDoor.Transport)).IsAlive);
    }

    [Fact]
    public async Task A_server_outside_the_organisation_is_not_knocked_at()
    {
        var missed = Assert.IsType<NotSeen>(await _endpoints.Reader.ReadAsync(
            new ReadSmtpProbe(new ServerName("MAIL"), SmtpDoor.FrontDoor), CancellationToken.None));

        Assert.Equal(NotSeenReason.UnknownServer, missed.Reason);
    }

    [Theory]
    [InlineData("EHLO a\r\nMAIL FROM:<>\r\nNOOP\r\nQUIT\r\n", "530", "500 5.3.3", "221")]
    [InlineData("HELO a\r\nRSET\r\nQUIT\r\nMAIL FROM:<>\r\n", "250 EX01.corp.example Hello", "250 2.0.0", "221")]
    public void The_server_side_answers_each_command_in_turn_and_hangs_up_after_quit(string commands, params string[] answers)
    {
        var dialogue = new DoorDialogue(_organization.Door(Ex01, SmtpDoor.Transport)!);
        dialogue.Receive(System.Text.Encoding.ASCII.GetBytes(commands));

        var lines = System.Text.Encoding.ASCII.GetString(dialogue.TakeOutput()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[3] == ' ').ToList();
        Assert.All(answers.Zip(lines.Skip(lines.Count - answers.Length)), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.True(dialogue.IsClosed);
    }
}
