using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>Reads from the catalogue down to bytes and back, against every drill.</summary>
public sealed class WireReadTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex03 = new("EX03");

    private readonly SimulatedOrganization _organization = new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Default);
    private readonly SimulatedEndpoints _endpoints;

    public WireReadTests() => _endpoints = new SimulatedEndpoints(_organization);

    public static TheoryData<string> Names => [.. Drills.OfOrganizationA.Select(drill => drill.Name)];

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    private async Task<T> SeenAsync<T>(ReadOperation read) where T : Fact
    {
        var seen = Assert.IsType<Seen>(await _endpoints.Reader.ReadAsync(read, CancellationToken.None));
        Assert.Equal(read, seen.Read);
        Assert.Equal(OriginKind.Endpoint, seen.Origin.Kind);
        return Assert.IsType<T>(seen.Fact);
    }

    private async Task<NotSeen> NotSeenAsync(ReadOperation read) =>
        Assert.IsType<NotSeen>(await _endpoints.Reader.ReadAsync(read, CancellationToken.None));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Component_states_arrive_as_they_are(string drill)
    {
        _organization.Start(Drills.Named(drill)!);
        foreach (var server in _organization.Servers.Where(server => drill != "wrong-backend" || server != Ex01))
        {
            var expected = _organization.Components(server);

            var fact = await SeenAsync<ComponentStatesFact>(new ReadComponentStates(server));

            Assert.Equal(server, fact.Server);
            Assert.Equal(expected.Components.Count, fact.Components.Count);
            foreach (var (component, arrived) in expected.Components.Zip(fact.Components))
            {
                Assert.Equal(component with { LocalStates = [], RemoteStates = [] }, arrived with { LocalStates = [], RemoteStates = [] });
                Assert.Equal(component.LocalStates, arrived.LocalStates);
                Assert.Equal(component.RemoteStates, arrived.RemoteStates);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Services_queues_and_evidence_arrive_as_they_are(string drill)
    {
        _organization.Start(Drills.Named(drill)!);
        foreach (var server in _organization.Servers.Where(server => drill != "wrong-backend" || server != Ex01))
        {
            Assert.Equal(_organization.MailboxServer(server), await SeenAsync<MailboxServerFact>(new ReadMailboxServer(server)));
            Assert.Equal(
                _organization.DatabaseCopies(server).Copies, (await SeenAsync<DatabaseCopiesFact>(new ReadDatabaseCopies(server))).Copies);
            if (_organization.Queues(server) is { } queues)
                Assert.Equal(queues.Queues, (await SeenAsync<QueuesFact>(new ReadQueues(server))).Queues);
            else
                Assert.Equal(NotSeenReason.Failed, (await NotSeenAsync(new ReadQueues(server))).Reason);
            if (_organization.HasWindowsEndpoint(server))
            {
                Assert.Equal(_organization.Services(server).Services, (await SeenAsync<ServicesFact>(new ReadServices(server))).Services);
                Assert.Equal(_organization.ClusterNode(server), await SeenAsync<ClusterNodeFact>(new ReadClusterNode(server)));
                Assert.Equal(_organization.InstallState(server), await SeenAsync<InstallStateFact>(new ReadInstallState(server)));
            }
        }
    }

    [Fact]
    public async Task Inventory_names_version_site_and_dag_of_each_server()
    {
        var inventory = await SeenAsync<InventoryFact>(new ReadInventory());

        Assert.Equal(
            [
                ("EX01", "Version 15.2 (Build 2562.17)", "HQ", "DAG1"),
                ("EX02", "Version 15.2 (Build 2562.17)", "HQ", "DAG1"),
                ("EX03", "Version 15.2 (Build 1544.4)", "BRANCH", null),
            ],
            inventory.Servers.Select(server => (server.Name.Value, server.Version, server.Site!, server.Dag)));
        Assert.All(inventory.Servers, server => Assert.True(server.DagSeen));
        Assert.Equal(["EX02"], inventory.PeersOf(Ex01).Select(peer => peer.Name.Value));
        Assert.Empty(inventory.PeersOf(Ex03));
    }

    [Fact]
    public async Task Service_health_names_the_role_that_lacks_transport()
    {
        _organization.Start(Drills.Named("transport-stopped")!);

        var health = await SeenAsync<ServiceHealthFact>(new ReadServiceHealth(Ex03));

        Assert.Equal(["Hub Transport Server Role"], health.Roles.Where(role => !role.RequiredServicesRunning).Select(role => role.Role));
        Assert.Equal(["MSExchangeTransport"], health.Roles.SelectMany(role => role.ServicesNotRunning));
    }

    [Fact]
    public async Task Answers_are_stamped_with_the_organisations_time()
    {
        _organization.Time.Pass(TimeSpan.FromHours(3));

        var answer = await _endpoints.Reader.ReadAsync(new ReadComponentStates(Ex03), CancellationToken.None);

        Assert.Equal(FixedTime.Noon.AddHours(3), answer.At);
        Assert.InRange(((Seen)answer).Took, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_answer_about_another_server_counts_as_not_seen()
    {
        _organization.Start(Drills.Named("wrong-backend")!);

        foreach (var read in new ReadOperation[] { new ReadComponentStates(Ex01), new ReadQueues(Ex01), new ReadMailboxServer(Ex01), new ReadDatabaseCopies(Ex01) })
        {
            var missed = await NotSeenAsync(read);
            Assert.Equal(NotSeenReason.WrongServer, missed.Reason);
            Assert.Contains("EX02", missed.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_windows_endpoint_only_its_reads_are_not_seen()
    {
        _organization.Start(Drills.Named("no-windows-endpoint")!);

        Assert.Equal(NotSeenReason.NoEndpoint, (await NotSeenAsync(new ReadServices(Ex03))).Reason);
        Assert.Equal(NotSeenReason.NoEndpoint, (await NotSeenAsync(new ReadInstallState(Ex03))).Reason);
        Assert.Equal(NotSeenReason.NoEndpoint, (await NotSeenAsync(new ReadClusterNode(Ex03))).Reason);
        await SeenAsync<ComponentStatesFact>(new ReadComponentStates(Ex03));
        await SeenAsync<ServicesFact>(new ReadServices(Ex01));
    }

    [Fact]
    public async Task A_server_nobody_configured_has_no_endpoint() =>
        Assert.Equal(NotSeenReason.NoEndpoint, (await NotSeenAsync(new ReadComponentStates(new ServerName("EX09")))).Reason);

    [Fact]
    public async Task Queues_are_not_seen_while_transport_has_only_just_started()
    {
        await _endpoints.Send(new RestartService(Ex03, WindowsService.Transport), CancellationToken.None);

        Assert.Equal(NotSeenReason.Failed, (await NotSeenAsync(new ReadQueues(Ex03))).Reason);
        _organization.Time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(NotSeenReason.Unreadable, (await NotSeenAsync(new ReadQueues(Ex03))).Reason);
        _organization.Time.Pass(TimeSpan.FromSeconds(10));
        await SeenAsync<QueuesFact>(new ReadQueues(Ex03));
    }

    [Fact]
    public async Task A_cancelled_caller_gets_its_own_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _endpoints.Reader.ReadAsync(new ReadComponentStates(Ex03), cancelled.Token));
    }

    [Fact]
    public async Task Many_reads_at_once_all_get_their_own_answer()
    {
        var reads = _organization.Servers
            .SelectMany(server => new ReadOperation[] { new ReadComponentStates(server), new ReadServices(server), new ReadQueues(server), new ReadMailboxServer(server) })
            .SelectMany(read => Enumerable.Repeat(read, 4))
            .ToList();

        var answers = await Task.WhenAll(reads.Select(read => _endpoints.Reader.ReadAsync(read, CancellationToken.None)));

        Assert.Equal(reads, answers.Select(answer => answer.Read));
        Assert.All(answers, answer => Assert.Equal(answer.Read.Server!.Value.Value, Assert.IsType<Seen>(answer).Origin.Name.ToUpperInvariant()));
    }
}
