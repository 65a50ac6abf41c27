using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>Configuration, meters, disks and logs from the simulated servers down to bytes and back, and what events do to them.</summary>
public sealed class WireConfigurationTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex03 = new("EX03");

    private readonly SimulatedOrganization _organization = new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Named("healthy")!);
    private readonly SimulatedEndpoints _endpoints;

    public WireConfigurationTests() => _endpoints = new SimulatedEndpoints(_organization);

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    private async Task<T> SeenAsync<T>(ReadOperation read) where T : Fact
    {
        var answer = await _endpoints.Reader.ReadAsync(read, CancellationToken.None);
        Assert.True(answer is Seen, answer.ToString());
        return Assert.IsType<T>(((Seen)answer).Fact);
    }

    private async Task<NotSeenReason> ReasonAsync(ReadOperation read) =>
        Assert.IsType<NotSeen>(await _endpoints.Reader.ReadAsync(read, CancellationToken.None)).Reason;

    private void Happens(params SimulatedEvent[] events)
    {
        foreach (var happened in events)
            _organization.Apply(happened);
    }

    public static TheoryData<ReadOperation> OfExchange =>
    [
        new ReadBackPressure(Ex01), new ReadHealthReport(Ex01), new ReadReceiveConnectors(Ex01), new ReadTransportSettings(Ex01),
        new ReadTransportAgents(Ex01), new ReadCertificates(Ex01),
    ];

    [Theory]
    [MemberData(nameof(OfExchange))]
    public async Task Answers_about_another_server_count_as_not_seen(ReadOperation read)
    {
        _organization.Start(Drills.Named("wrong-backend")!);

        Assert.Equal(NotSeenReason.WrongServer, await ReasonAsync(read));
    }

    [Fact]
    public async Task A_healthy_server_shows_no_pressure_and_room_on_its_volumes()
    {
        var pressure = await SeenAsync<BackPressureFact>(new ReadBackPressure(Ex03));
        var disk = await SeenAsync<DiskFact>(new ReadDisk(Ex03));

        Assert.Equal(ResourceUse.Low, pressure.Worst);
        var expected = _organization.BackPressure(Ex03)!.Value.Fact;
        Assert.Equal(expected.Meters, pressure.Meters);
        Assert.Equal(expected.ProcessStarted, pressure.ProcessStarted);
        Assert.Equal(["queue", "log", "temp"], disk.Volumes.Single(volume => volume.Path == @"C:\").Holds);
        Assert.Empty((await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events);
        Assert.Empty((await SeenAsync<RecoveryActionsFact>(new ReadRecoveryActions(Ex03))).Actions);
        Assert.All((await SeenAsync<HealthReportFact>(new ReadHealthReport(Ex03))).Sets, set => Assert.Equal("Healthy", set.AlertValue));
    }

    [Fact]
    public async Task A_healthy_server_shows_its_configuration()
    {
        var connectors = await SeenAsync<ReceiveConnectorsFact>(new ReadReceiveConnectors(Ex03));
        var certificates = await SeenAsync<CertificatesFact>(new ReadCertificates(Ex03));
        var agents = await SeenAsync<TransportAgentsFact>(new ReadTransportAgents(Ex03));
        var settings = await SeenAsync<TransportSettingsFact>(new ReadTransportSettings(Ex03));
        var send = await SeenAsync<SendConnectorsFact>(new ReadSendConnectors());

        Assert.Empty(connectors.CompetingForPort25);
        Assert.Contains(connectors.Connectors, connector => connector.Bindings.Contains("0.0.0.0:25"));
        Assert.All(certificates.Certificates, certificate => Assert.True(certificate.NotAfter > FixedTime.Noon));
        Assert.All(agents.Agents, agent => Assert.False(agent.IsThirdParty));
        Assert.True(settings.External!.AdapterEnabled);
        Assert.True(settings.FrontEndInternal!.AdapterEnabled);
        Assert.Equal(20, settings.MaxPerDomainOutboundConnections);
        Assert.Equal("To Internet", Assert.Single(send.Connectors).Name);
    }

    [Fact]
    public async Task While_transport_does_not_run_its_pressure_is_not_seen_but_its_agents_are()
    {
        _organization.Start(Drills.Named("transport-stopped")!);

        Assert.Equal(NotSeenReason.Failed, await ReasonAsync(new ReadBackPressure(Ex03)));
        Assert.NotEmpty((await SeenAsync<TransportAgentsFact>(new ReadTransportAgents(Ex03))).Agents);
    }

    [Fact]
    public async Task A_full_queue_volume_presses_transport_until_it_takes_no_mail()
    {
        Happens(new DiskFilled(TimeSpan.Zero, Ex03, @"C:\", 99));

        var pressure = await SeenAsync<BackPressureFact>(new ReadBackPressure(Ex03));
        Assert.Equal("High", pressure.Value("UsedDiskSpace/use"));
        Assert.Equal([15004, 15006], (await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events.Select(happened => happened.Id).Order());
        Assert.InRange((await SeenAsync<DiskFact>(new ReadDisk(Ex03))).Volumes[0].UsedPercent, 98, 100);
        Assert.False(_organization.TakesMail(Ex03));
        Assert.True(_organization.TakesMail(Ex01));
    }

    [Theory]
    [InlineData(95, ResourceUse.High)]
    [InlineData(85, ResourceUse.Medium)]
    [InlineData(80, ResourceUse.Low)]
    public async Task Pressure_falls_later_than_it_rose(int freedTo, ResourceUse expected)
    {
        Happens(new DiskFilled(TimeSpan.Zero, Ex03, @"C:\", 99), new DiskFilled(TimeSpan.Zero, Ex03, @"C:\", freedTo));

        Assert.Equal(expected, (await SeenAsync<BackPressureFact>(new ReadBackPressure(Ex03))).Worst);
    }

    [Fact]
    public async Task A_full_database_volume_does_not_press_transport()
    {
        Happens(new DiskFilled(TimeSpan.Zero, Ex03, @"D:\", 100));

        Assert.Equal(ResourceUse.Low, (await SeenAsync<BackPressureFact>(new ReadBackPressure(Ex03))).Worst);
        Assert.Equal(0, (await SeenAsync<DiskFact>(new ReadDisk(Ex03))).Volumes[1].FreeBytes);
    }

    [Fact]
    public async Task Memory_pressure_is_written_into_the_log()
    {
        Happens(new ResourcePressed(TimeSpan.Zero, Ex03, "PrivateBytes", 80));

        Assert.Equal("High", (await SeenAsync<BackPressureFact>(new ReadBackPressure(Ex03))).Value("PrivateBytes/use"));
        Assert.Contains((await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events, happened => happened.Id == 15007);
    }

    [Fact]
    public async Task Events_older_than_an_hour_are_no_longer_listed()
    {
        Happens(new EventWritten(TimeSpan.Zero, Ex03, "Application", WatchedEvents.DatabaseEngine, 474, "page"));
        Assert.Single((await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events);

        _organization.Time.Pass(TimeSpan.FromMinutes(61));

        Assert.Empty((await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events);
    }

    [Fact]
    public async Task Events_outside_the_list_never_leave_the_server()
    {
        Happens(
            new EventWritten(TimeSpan.Zero, Ex03, "Security", "Microsoft-Windows-Security-Auditing", 4624, "somebody logged on"),
            new EventWritten(TimeSpan.Zero, Ex03, "System", WatchedEvents.Transport, 17003, "wrong log"));
        await using var endpoint = new SimulatedEndpoint(_organization, Ex03, EndpointKind.Windows, TimeProvider.System);
        await using var session = await RemoteSession.OpenAsync(
            endpoint.Connect(),
            new RemoteSessionOptions(new ShellOptions("simulation://EX03", endpoint.ConfigurationName)),
            TimeProvider.System,
            CancellationToken.None);

        var outcome = await session.InvokeAsync(new PsCommand("Get-MfbEvents", new PsParameter("Server", "EX03")), CancellationToken.None);

        Assert.Single(Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs);
    }

    [Fact]
    public async Task A_component_and_the_exit_that_server_wide_offline_causes_are_logged()
    {
        Happens(
            new ComponentSet(TimeSpan.Zero, Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive),
            new ComponentSet(TimeSpan.Zero, Ex03, ComponentName.ServerWideOffline, Requester.Functional, ComponentState.Inactive));

        var events = (await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events;

        Assert.Equal([("MSExchangeTransport", 7009), ("Service Control Manager", 7031)], events.Select(happened => (happened.Source, happened.Id)).Order());
    }

    [Fact]
    public async Task Certificates_expire()
    {
        Happens(new CertificatesExpired(TimeSpan.Zero, Ex03));

        var certificates = (await SeenAsync<CertificatesFact>(new ReadCertificates(Ex03))).Certificates;

        Assert.All(certificates.Where(certificate => certificate.Services!.Contains("SMTP")), certificate =>
        {
            Assert.Equal(FixedTime.Noon, certificate.NotAfter);
            Assert.Equal("DateInvalid", certificate.Status);
        });
        Assert.Contains((await SeenAsync<EventsFact>(new ReadEvents(Ex03))).Events, happened => happened.Id == 12015);
    }

    [Fact]
    public async Task What_administrators_set_is_what_is_read()
    {
        var competing = new ReceiveConnectorReading("Relay", true, "HubTransport", ["0.0.0.0:25"], null, ["AnonymousUsers"], ["Tls"], null);
        var smartHost = new SendConnectorReading("To Internet", true, ["SMTP:*;1"], ["relay.example.net"], false, ["EX01"], null, 25);
        Happens(
            new ReceiveConnectorSet(TimeSpan.Zero, Ex03, competing),
            new SendConnectorSet(TimeSpan.Zero, Ex01, smartHost),
            new DnsServersSet(TimeSpan.Zero, Ex03, new(false, ["203.0.113.53"]), new(true, [])),
            new TransportAgentSet(TimeSpan.Zero, Ex03, "Stamper", true, @"C:\Program Files\Vendor\Stamper.dll"),
            new HealthSetTurned(TimeSpan.Zero, Ex03, "HubTransport", "Unhealthy"),
            new RecoveryActionTaken(TimeSpan.Zero, Ex03, "RestartService", "MSExchangeTransport", null));

        var connector = Assert.Single((await SeenAsync<ReceiveConnectorsFact>(new ReadReceiveConnectors(Ex03))).CompetingForPort25);
        Assert.Equal(competing.Bindings, connector.Bindings);
        Assert.Equal(["relay.example.net"], Assert.Single((await SeenAsync<SendConnectorsFact>(new ReadSendConnectors())).Connectors).SmartHosts);
        Assert.Equal(["203.0.113.53"], (await SeenAsync<TransportSettingsFact>(new ReadTransportSettings(Ex03))).External!.Servers);
        Assert.True((await SeenAsync<TransportAgentsFact>(new ReadTransportAgents(Ex03))).Agents[^1].IsThirdParty);
        Assert.Equal("Unhealthy", (await SeenAsync<HealthReportFact>(new ReadHealthReport(Ex03))).Value("HubTransport/alert"));
        Assert.Equal(
            new RecoveryActionReading("RestartService", "MSExchangeTransport", FixedTime.Noon, null),
            Assert.Single((await SeenAsync<RecoveryActionsFact>(new ReadRecoveryActions(Ex03))).Actions));
        Assert.Empty((await SeenAsync<ReceiveConnectorsFact>(new ReadReceiveConnectors(Ex01))).CompetingForPort25);
    }

    [Fact]
    public async Task A_stuck_queue_and_a_dismounted_copy_take_the_place_of_the_usual_ones()
    {
        var poison = new QueueReading(@"EX03\Poison", "Undefined", "Ready", "Poison Message", 7, 0, null);
        Happens(new QueueStuck(TimeSpan.Zero, Ex03, poison), new DatabaseCopyTurned(TimeSpan.Zero, Ex03, "DB03", "Dismounted"));

        var queues = (await SeenAsync<QueuesFact>(new ReadQueues(Ex03))).Queues;

        Assert.Equal(poison, Assert.Single(queues, queue => queue.Identity == poison.Identity));
        Assert.Equal("Dismounted", (await SeenAsync<DatabaseCopiesFact>(new ReadDatabaseCopies(Ex03))).Value("DB03/status"));
    }

    [Fact]
    public void An_event_about_what_does_not_exist_is_refused_by_name()
    {
        Assert.Contains("PrivateBytes", Assert.Throws<ArgumentException>(
            () => Happens(new ResourcePressed(TimeSpan.Zero, Ex03, "Patience", 9))).Message, StringComparison.Ordinal);
        Assert.Contains(@"X:\", Assert.Throws<ArgumentException>(
            () => Happens(new DiskFilled(TimeSpan.Zero, Ex03, @"X:\", 9))).Message, StringComparison.Ordinal);
    }
}
