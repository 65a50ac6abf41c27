using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Catalogue;

public sealed class OlderServerTests
{
    private static readonly ServerName Hub = new("HUB07");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Version 6.0 (Build 6249.4: Service Pack 3)", ExchangeGeneration.Exchange2000)]
    [InlineData("Version 6.5 (Build 7638.2: Service Pack 2)", ExchangeGeneration.Exchange2003)]
    [InlineData("Version 8.3 (Build 83.6)", ExchangeGeneration.Exchange2007)]
    [InlineData("Version 14.3 (Build 123.4)", ExchangeGeneration.Exchange2010)]
    [InlineData("Version 15.0 (Build 1497.2)", ExchangeGeneration.Exchange2013OrLater)]
    [InlineData("Version 15.2 (Build 2562.17)", ExchangeGeneration.Exchange2013OrLater)]
    [InlineData("バージョン 6.5 (ビルド 7638.2)", ExchangeGeneration.Exchange2003)]
    [InlineData("Version 5.5 (Build 2653.13)", ExchangeGeneration.Unknown)]
    [InlineData("Version 99999999999.1", ExchangeGeneration.Unknown)]
    [InlineData("", ExchangeGeneration.Unknown)]
    public void The_version_tells_the_generation(string version, ExchangeGeneration generation) =>
        Assert.Equal(generation, new ExchangeServer(Hub, version, [], null, null).Generation);

    [Theory]
    [InlineData("Version 8.3 (Build 83.6)", false)]
    [InlineData("Version 15.2 (Build 2562.17)", true)]
    [InlineData("unreadable", true)]
    public void What_an_older_server_does_not_have_is_neither_read_nor_held_against_its_restart(string version, bool asked)
    {
        var readings = Readings.Empty.With(new Seen(
            new ReadInventory(), new InventoryFact([new ExchangeServer(Hub, version, ["HubTransport"], "HQ", null)]),
            new Origin(OriginKind.Endpoint, "HUB07"), Noon, TimeSpan.Zero));
        var restart = new RestartService(Hub, WindowsService.Transport);

        Assert.Equal(asked, restart.Needs(readings).Any(read => read is ReadComponentStates or ReadQueues or ReadMailboxServer));
        Assert.Equal(asked, restart.Judge(readings, Noon).Guards.Single(guard => guard.Guard == "submission-queue").Effect == GuardEffect.Refuses);
        Assert.Equal(asked, restart.Verify(readings).Any(condition => condition.Read is ReadQueues));
    }

    [Fact]
    public void Without_the_inventory_a_server_is_judged_like_a_new_one() =>
        Assert.Contains(new RestartService(Hub, WindowsService.Transport).Needs(Readings.Empty), read => read is ReadComponentStates);
}
