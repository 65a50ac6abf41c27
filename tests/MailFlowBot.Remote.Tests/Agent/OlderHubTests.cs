using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>What the agent looks at before it restarts transport on a hub that has no component states.</summary>
public sealed class OlderHubTests : IDisposable
{
    private const string Exchange2007 = "Version 8.3 (Build 83.6)";

    private static readonly ServerName Hub07 = new("HUB07");
    private static readonly ServerName Hub08 = new("HUB08");
    private static readonly ServerName Old03 = new("OLD03");
    private static readonly ChangeOperation Restart = new RestartService(Hub07, WindowsService.Transport);

    private readonly Stage _stage = new(policy: policy => policy with { Servers = [Hub07] });

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task The_only_hub_is_restarted_and_its_service_counts_in_place_of_a_component()
    {
        Arrange(Hub(Hub07), new ExchangeServer(Old03, "Version 6.5 (Build 7638.2: Service Pack 2)", ["None"], "HQ", null));

        var registered = Assert.IsType<Registered>(await _stage.ProposeAsync(Restart));

        Assert.Equal(ChangeClass.A, registered.Plan.Class);
        Assert.Equal("none out", Assert.Single(registered.Judgement.Guards, guard => guard.Guard == "budget").Reading);
        Assert.IsType<PlanHeld>((await _stage.RunAsync(registered.Plan))[^1]);
    }

    [Fact]
    public async Task Another_hub_of_the_site_that_runs_takes_nothing_from_the_budget()
    {
        Arrange(Hub(Hub07), Hub(Hub08));

        Assert.IsType<Registered>(await _stage.ProposeAsync(Restart));
    }

    [Theory]
    [InlineData(ServiceStatus.Stopped, "HUB08 Inactive")]
    [InlineData(ServiceStatus.Unknown, "HUB08 not seen")]
    public async Task Another_hub_of_the_site_that_is_out_or_unseen_holds_the_restart_back(ServiceStatus status, string detail)
    {
        Arrange(Hub(Hub07), Hub(Hub08));
        _stage.Exchange.SetService(Hub08, WindowsService.Transport, status);

        var refused = Assert.IsType<RegistrationRefused>(await _stage.ProposeAsync(Restart));

        Assert.Equal((ChangeRefusal.Budget, $"budget: {detail}"), (refused.Code, refused.Detail));
    }

    [Fact]
    public async Task A_hub_of_another_site_is_not_asked()
    {
        Arrange(Hub(Hub07), Hub(Hub08) with { Site = "BRANCH" });
        _stage.Exchange.SetService(Hub08, WindowsService.Transport, ServiceStatus.Stopped);

        Assert.IsType<Registered>(await _stage.ProposeAsync(Restart));
    }

    private static ExchangeServer Hub(ServerName name) => new(name, Exchange2007, ["HubTransport"], "HQ", null);

    private void Arrange(params ExchangeServer[] servers)
    {
        _stage.Exchange.Put(new ReadInventory(), new InventoryFact(servers));
        foreach (var server in servers)
        {
            _stage.Exchange.PutServer(server.Name);
            _stage.Exchange.Put(new ReadInstallState(server.Name), new InstallStateFact(server.Name, false, false, false, "08.03.0083.006"));
            _stage.Exchange.Hidden[new ReadComponentStates(server.Name)] = NotSeenReason.NoEndpoint;
            _stage.Exchange.Hidden[new ReadQueues(server.Name)] = NotSeenReason.NoEndpoint;
            _stage.Exchange.Hidden[new ReadBackPressure(server.Name)] = NotSeenReason.NoEndpoint;
        }
    }
}
