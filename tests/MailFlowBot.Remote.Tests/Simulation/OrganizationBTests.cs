using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>Exchange 2007 beside 2003: no remote shell, one SMTP door each, a Windows endpoint only where a site configured one.</summary>
public sealed class OrganizationBTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Hub07 = new("HUB07");
    private static readonly ServerName Old03 = new("OLD03");
    private static readonly ServerName Ex01 = new("EX01");

    private readonly SimulatedOrganization _organization =
        new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Named("legacy-routing-deny")!);

    private readonly SimulatedEndpoints _endpoints;

    public OrganizationBTests() => _endpoints = new SimulatedEndpoints(_organization);

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    private Task<ReadAnswer> AskAsync(ReadOperation read) => _endpoints.Reader.ReadAsync(read, CancellationToken.None);

    private async Task<T> SeenAsync<T>(ReadOperation read) where T : Fact => Assert.IsType<T>(Assert.IsType<Seen>(await AskAsync(read)).Fact);

    private async Task<NotSeenReason> MissedAsync(ReadOperation read) => Assert.IsType<NotSeen>(await AskAsync(read)).Reason;

    [Fact]
    public void The_contract_names_these_drills() => Assert.Equal(
        ["smtp-verbs", "legacy-routing-permissions", "legacy-routing-hierarchy", "legacy-routing-deny"],
        Drills.OfOrganizationB.Select(drill => drill.Name));

    [Fact]
    public void A_drill_of_organisation_b_is_found_by_its_name_and_takes_place_there()
    {
        Assert.Equal([Hub07, Old03], _organization.Servers);
        Assert.All(Drills.OfOrganizationB, drill => Assert.Same(drill, Drills.Named(drill.Name)));
        Assert.All(Drills.OfOrganizationB, drill => Assert.Equal(SimulatedForest.B, drill.Forest));
        Assert.All(Drills.OfOrganizationA, drill => Assert.Equal(SimulatedForest.A, drill.Forest));
    }

    [Fact]
    public async Task The_inventory_is_the_one_the_site_wrote_down()
    {
        var seen = Assert.IsType<Seen>(await AskAsync(new ReadInventory()));

        Assert.Equal(new Origin(OriginKind.Endpoint, "configuration"), seen.Origin);
        var inventory = Assert.IsType<InventoryFact>(seen.Fact);
        Assert.Equal(
            [("HUB07", "Version 8.3 (Build 83.6)", "HubTransport"), ("OLD03", "Version 6.5 (Build 7638.2: Service Pack 2)", "None")],
            inventory.Servers.Select(server => (server.Name.Value, server.Version, Assert.Single(server.Roles))));
        Assert.All(inventory.Servers, server => Assert.False(server.HasComponentStates));
    }

    [Fact]
    public async Task Nothing_is_read_over_endpoints_that_are_not_there()
    {
        foreach (var server in new[] { Hub07, Old03 })
        {
            Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadComponentStates(server)));
            Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadQueues(server)));
            Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadServices(server)));
        }
    }

    [Fact]
    public async Task A_hub_with_a_windows_endpoint_tells_its_services_and_restarts_transport()
    {
        _organization.Start(Drills.Named("legacy-routing-permissions")!);

        var services = await SeenAsync<ServicesFact>(new ReadServices(Hub07));
        Assert.Equal(ServiceStatus.Running, services.Find(WindowsService.Transport)!.Status);
        Assert.IsType<ChangeCompleted>(await _endpoints.Send(new RestartService(Hub07, WindowsService.Transport), CancellationToken.None));
        Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadServices(Old03)));
        Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadQueues(Hub07)));
    }

    [Fact]
    public async Task The_hubs_endpoint_tells_the_routing_events_of_2007()
    {
        _organization.Start(Drills.Named("legacy-routing-permissions")!);
        _organization.Apply(new EventWritten(
            TimeSpan.Zero, Hub07, "Application", WatchedEvents.Transport, WatchedEvents.NoRouteToConnector, "No path to a connector."));

        var events = await SeenAsync<EventsFact>(new ReadEvents(Hub07));

        Assert.Equal([5016, 5006], events.Events.Select(happened => happened.Id));
    }

    [Theory]
    [InlineData("legacy-routing-deny", true)]
    [InlineData("smtp-verbs", false)]
    public async Task A_2003_server_offers_the_verbs_of_exchange_unless_it_lost_them(string drill, bool offers)
    {
        _organization.Start(Drills.Named(drill)!);

        var probe = await SeenAsync<SmtpProbeFact>(new ReadSmtpProbe(Old03, SmtpDoor.FrontDoor));

        Assert.Contains("Microsoft ESMTP MAIL Service, Version: 6.0", probe.Banner, StringComparison.Ordinal);
        foreach (var verb in new[] { "X-EXPS GSSAPI NTLM LOGIN", "X-EXPS=LOGIN", "AUTH=LOGIN", "X-LINK2STATE", "XEXCH50" })
            Assert.Equal(offers, probe.Offers(verb));
        Assert.True(probe.Offers("ETRN") && probe.Offers("AUTH GSSAPI NTLM") && probe.IsAlive);
        Assert.Equal("OK", probe.Capabilities[^1]);
    }

    [Fact]
    public async Task A_2007_hub_has_one_door_without_link_state()
    {
        var probe = await SeenAsync<SmtpProbeFact>(new ReadSmtpProbe(Hub07, SmtpDoor.FrontDoor));

        Assert.True(probe.Offers("X-EXPS") && probe.Offers("XEXCH50") && probe.Offers("STARTTLS") && !probe.Offers("X-LINK2STATE"));
        Assert.Equal(SmtpStage.NotConnected, (await SeenAsync<SmtpProbeFact>(new ReadSmtpProbe(Hub07, SmtpDoor.Transport))).Stage);
        Assert.Equal(SmtpStage.NotConnected, (await SeenAsync<SmtpProbeFact>(new ReadSmtpProbe(Old03, SmtpDoor.Transport))).Stage);
    }

    [Fact]
    public async Task The_other_organisation_is_not_there_meanwhile()
    {
        Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadComponentStates(Ex01)));
        Assert.Equal(NotSeenReason.NoEndpoint, await MissedAsync(new ReadServices(Ex01)));
        Assert.Equal(NotSeenReason.Unreachable, await MissedAsync(new ReadSmtpProbe(Ex01, SmtpDoor.FrontDoor)));

        _organization.Start(Drills.Named("healthy")!);

        await SeenAsync<ComponentStatesFact>(new ReadComponentStates(Ex01));
        Assert.Equal(3, (await SeenAsync<InventoryFact>(new ReadInventory())).Servers.Count);
        Assert.Equal(NotSeenReason.Unreachable, await MissedAsync(new ReadSmtpProbe(Hub07, SmtpDoor.FrontDoor)));
    }
}
