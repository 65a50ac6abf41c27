using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class ReadCmdletTests
{
    private static readonly ServerName Ex01 = new("EX01");

    public static TheoryData<ReadOperation> Reads =>
    [
        new ReadInventory(), new ReadComponentStates(Ex01), new ReadServiceHealth(Ex01), new ReadServices(Ex01), new ReadQueues(Ex01),
        new ReadMailboxServer(Ex01), new ReadDatabaseCopies(Ex01), new ReadInstallState(Ex01), new ReadClusterNode(Ex01),
        new ReadBackPressure(Ex01), new ReadEvents(Ex01), new ReadDisk(Ex01), new ReadRecoveryActions(Ex01), new ReadHealthReport(Ex01),
        new ReadReceiveConnectors(Ex01), new ReadSendConnectors(), new ReadTransportSettings(Ex01), new ReadTransportAgents(Ex01),
        new ReadCertificates(Ex01),
    ];

    private static PsObject Component(string name, string? state, params (string Name, object? Value)[] more)
    {
        var from = new PsObject { Adapted = { ["ServerFqdn"] = "EX01.corp.example", ["Component"] = name, ["State"] = state } };
        foreach (var (property, value) in more)
            from.Adapted[property] = value;
        return from;
    }

    private static PsObject Queue(string identity, object? count) =>
        new() { Adapted = { ["Identity"] = identity, ["MessageCount"] = count, ["NextHopDomain"] = "db01", ["Velocity"] = 0.5 } };

    private static T Fact<T>(CmdletAnswer answer) where T : Fact => Assert.IsType<T>(Assert.IsType<CmdletAnswer.Found>(answer).Fact);

    private static NotSeenReason Reason(CmdletAnswer answer) => Assert.IsType<CmdletAnswer.Nothing>(answer).Reason;

    private static ComponentStatesFact States(params PsObject[] components) =>
        Fact<ComponentStatesFact>(new ComponentStatesCmdlet(Ex01).Answer(new Outputs(components)));

    [Theory]
    [MemberData(nameof(Reads))]
    public void No_read_makes_a_fact_of_nothing(ReadOperation read)
    {
        var cmdlet = ReadCmdlet.For(read);

        Assert.IsType<CmdletAnswer.Nothing>(cmdlet.Answer(new Outputs([.. cmdlet.Commands.Select(_ => (IReadOnlyList<object?>)[])])));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void No_read_makes_a_fact_of_objects_without_properties(ReadOperation read)
    {
        var cmdlet = ReadCmdlet.For(read);
        object?[] strange = [new PsObject(), null, "text", 5, new PsList([1]), new PsObject { BaseValue = new PsDictionary() }];

        Assert.IsType<CmdletAnswer.Nothing>(cmdlet.Answer(new Outputs([.. cmdlet.Commands.Select(_ => strange)])));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Every_read_of_a_server_names_it_in_each_command_that_takes_one(ReadOperation read) =>
        // Get-TransportAgent takes none, and is framed by a question who answers.
        Assert.All(ReadCmdlet.For(read).Commands, command => Assert.Equal(
            read.Server is { } server && read is not ReadTransportAgents ? [server.Value] : [],
            command.Parameters.Where(parameter => parameter.Name is "Identity" or "Server").Select(parameter => parameter.Value)));

    [Theory]
    [InlineData("active", ComponentState.Active)]
    [InlineData("INACTIVE", ComponentState.Inactive)]
    [InlineData("Draining", ComponentState.Draining)]
    [InlineData("Sleeping", ComponentState.Unknown)]
    [InlineData("1", ComponentState.Unknown)]
    [InlineData("Active, Inactive", ComponentState.Unknown)]
    [InlineData(null, ComponentState.Unknown)]
    public void States_are_read_without_case_and_never_guessed(string? text, ComponentState expected) =>
        Assert.Equal(expected, States(Component("HubTransport", text)).Find(ComponentName.HubTransport)!.State);

    [Fact]
    public void A_state_that_comes_as_an_enum_object_is_read_by_its_text()
    {
        var component = Component("HubTransport", null, ("State", PsObject.Enum("Microsoft.Exchange.Data.ServiceState", "Inactive", 0)));

        Assert.Equal(ComponentState.Inactive, States(component).Find(ComponentName.HubTransport)!.State);
    }

    [Fact]
    public void Who_holds_an_inactive_component_is_not_told_when_the_lists_are_missing()
    {
        var hub = States(Component("HubTransport", "Inactive")).Find(ComponentName.HubTransport)!;

        Assert.Equal(Requester.NotTold, Assert.Single(hub.Holding).Requester);
    }

    [Fact]
    public void An_active_component_without_lists_is_held_by_nobody() =>
        Assert.Empty(States(Component("HubTransport", "Active")).Find(ComponentName.HubTransport)!.Entries);

    [Fact]
    public void Requesters_that_were_not_told_leave_the_maintenance_evidence_incomplete()
    {
        var read = new ReadComponentStates(Ex01);
        var readings = Readings.Empty.With(new Seen(
            read, States(Component("HubTransport", "Inactive")), new Origin(OriginKind.Endpoint, "EX01"), DateTimeOffset.UnixEpoch, TimeSpan.Zero));

        Assert.Contains("requesters", MaintenanceEvidence.Of(Ex01, readings, DateTimeOffset.UnixEpoch).NotSeen);
    }

    [Fact]
    public void Server_wide_offline_is_seen_on_all_components_when_their_own_field_is_missing() =>
        Assert.All(
            States(Component("ServerWideOffline", "Inactive"), Component("HubTransport", "Inactive")).Components,
            component => Assert.True(component.ServerWideOfflineIsOffline));

    [Fact]
    public void One_component_of_another_server_spoils_the_answer() =>
        Assert.Equal(NotSeenReason.WrongServer, Reason(new ComponentStatesCmdlet(Ex01).Answer(new Outputs(
            [Component("HubTransport", "Active"), Component("Monitoring", "Active", ("ServerFqdn", "EX02.corp.example"))]))));

    [Fact]
    public void A_component_without_a_name_spoils_the_answer() =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(new ComponentStatesCmdlet(Ex01).Answer(new Outputs(
            [Component("HubTransport", "Active"), Component("", "Active")]))));

    [Theory]
    [InlineData(7)]
    [InlineData("7")]
    [InlineData(7L)]
    public void Queues_are_read_with_their_counts(object count)
    {
        var fact = Fact<QueuesFact>(new QueuesCmdlet(Ex01).Answer(new Outputs([Queue("EX01\\Submission", count), Queue("EX01\\17", 3)])));

        Assert.Equal(10, fact.Total);
        Assert.Equal(7, fact.Submission!.MessageCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("many")]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_queue_without_a_sane_count_spoils_the_answer(object? count) =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(new QueuesCmdlet(Ex01).Answer(new Outputs([Queue("EX01\\Submission", count)]))));

    [Fact]
    public void Queues_of_another_server_are_not_seen() =>
        Assert.Equal(NotSeenReason.WrongServer, Reason(new QueuesCmdlet(Ex01).Answer(new Outputs([Queue("EX02\\Submission", 1)]))));

    [Fact]
    public void A_mailbox_server_whose_dag_was_not_told_is_not_taken_for_one_in_no_dag() =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(new MailboxServerCmdlet(Ex01).Answer(new Outputs(
            [new PsObject { Adapted = { ["Name"] = "EX01", ["DatabaseCopyAutoActivationPolicy"] = "Unrestricted" } }]))));

    [Fact]
    public void Install_state_keeps_what_was_not_told_apart_from_no()
    {
        var fact = Fact<InstallStateFact>(new InstallStateCmdlet(Ex01).Answer(new Outputs(
            [new PsObject { Extended = { ["Server"] = "ex01", ["Watermark"] = false, ["RebootPending"] = null } }])));

        Assert.Equal(new InstallStateFact(Ex01, null, false, null, null), fact);
    }

    [Theory]
    [InlineData("Up", ClusterNodeState.Up)]
    [InlineData("paused", ClusterNodeState.Paused)]
    [InlineData("NotAMember", ClusterNodeState.NotAMember)]
    [InlineData("Isolated", ClusterNodeState.Unknown)]
    public void Cluster_node_states(string text, ClusterNodeState expected) =>
        Assert.Equal(expected, Fact<ClusterNodeFact>(new ClusterNodeCmdlet(Ex01).Answer(new Outputs(
            [new PsObject { Extended = { ["Server"] = "EX01", ["State"] = text } }]))).State);

    [Fact]
    public void A_delayed_start_counts_as_automatic_and_services_nobody_watches_are_left_out()
    {
        var fact = Fact<ServicesFact>(new ServicesCmdlet(Ex01).Answer(new Outputs(
        [
            new PsObject { Extended = { ["Server"] = "EX01", ["Name"] = "msexchangetransport", ["Status"] = "Stopped", ["StartType"] = "AutomaticDelayedStart" } },
            new PsObject { Extended = { ["Server"] = "EX01", ["Name"] = "Spooler", ["Status"] = "Running", ["StartType"] = "Automatic" } },
        ])));

        Assert.Equal(new ServiceReading(WindowsService.Transport, ServiceStatus.Stopped, ServiceStartType.Automatic), Assert.Single(fact.Services));
    }

    [Fact]
    public void Database_copies()
    {
        var fact = Fact<DatabaseCopiesFact>(new DatabaseCopiesCmdlet(Ex01).Answer(new Outputs(
            [new PsObject { Adapted = { ["Name"] = "DB01\\EX01", ["MailboxServer"] = "EX01", ["Status"] = "Mounted", ["ActivationSuspended"] = false } }])));

        Assert.Equal(new DatabaseCopyReading("DB01\\EX01", "Mounted", false, null), Assert.Single(fact.Copies));
    }
}
