using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

/// <summary>Events, volumes and recovery actions as the Windows endpoint shows them.</summary>
public class WindowsEndpointReadsTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static PsObject Of(params (string Name, object? Value)[] properties)
    {
        var from = new PsObject { Extended = { ["Server"] = "EX01" } };
        foreach (var (name, value) in properties)
            from.Extended[name] = value;
        return from;
    }

    private static PsObject Header(object? cut = null) => Of(("Since", Noon.AddHours(-1)), ("Cut", cut));

    private static PsObject Event(string source, int id, DateTimeOffset? at, string log = "Application") =>
        Of(("Log", log), ("Source", source), ("Id", id), ("At", at), ("Text", "text"));

    private static T Fact<T>(CmdletAnswer answer) where T : Fact => Assert.IsType<T>(Assert.IsType<CmdletAnswer.Found>(answer).Fact);

    private static NotSeenReason Reason(CmdletAnswer answer) => Assert.IsType<CmdletAnswer.Nothing>(answer).Reason;

    private static CmdletAnswer Events(params object?[] objects) => new EventsCmdlet(Ex01).Answer(new Outputs(objects));

    [Fact]
    public void Listed_events_come_newest_first_and_others_are_dropped()
    {
        var fact = Fact<EventsFact>(Events(
            Header(false),
            Event("MSExchangeTransport", 15004, Noon.AddMinutes(-9)),
            Event("Service Control Manager", 7009, Noon.AddMinutes(-8), "System"),
            Event("MSExchangeTransport", 15006, Noon.AddMinutes(-2)),
            Event("Something else", 15006, Noon),
            Event("MSExchangeTransport", 4242, Noon),
            Event("MSExchangeTransport", 7009, Noon, "Security")));

        Assert.Equal([15006, 7009, 15004], fact.Events.Select(happened => happened.Id));
        Assert.Equal(Noon.AddHours(-1), fact.Since);
        Assert.False(fact.Cut);
        Assert.Equal("1", fact.Value("MSExchangeTransport/15006/count"));
        Assert.Equal("0", fact.Value("MSExchangeTransport/7009/count"));
    }

    [Fact]
    public void An_hour_without_events_is_an_answer() => Assert.Empty(Fact<EventsFact>(Events(Header(false))).Events);

    [Fact]
    public void A_list_is_cut_unless_it_says_that_it_is_not()
    {
        Assert.True(Fact<EventsFact>(Events(Header())).Cut);
        Assert.True(Fact<EventsFact>(Events(Header(true))).Cut);
    }

    [Fact]
    public void Fifty_thousand_events_are_cut()
    {
        object?[] objects = [Header(false), .. Enumerable.Range(0, 50_000).Select(_ => Event("MSExchangeTransport", 15004, Noon))];

        var fact = Fact<EventsFact>(Events(objects));

        Assert.True(fact.Cut);
        Assert.Equal(1000, fact.Events.Count);
    }

    [Fact]
    public void An_event_without_a_time_makes_the_list_unreadable() =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(Events(Header(false), Event("MSExchangeTransport", 15004, null))));

    [Fact]
    public void Events_without_the_first_object_are_unreadable() =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(Events(Event("MSExchangeTransport", 15004, Noon))));

    [Fact]
    public void Events_of_another_server_are_not_seen() =>
        Assert.Equal(NotSeenReason.WrongServer, Reason(new EventsCmdlet(new ServerName("EX02")).Answer(new Outputs([Header(false)]))));

    [Fact]
    public void Volumes_with_what_they_hold()
    {
        var fact = Fact<DiskFact>(new DiskCmdlet(Ex01).Answer(new Outputs(
            [Of(("Path", @"C:\"), ("FreeBytes", 10L), ("TotalBytes", 200L), ("Holds", "Queue, temp, swap")), Of(("Path", @"D:\"), ("FreeBytes", 0), ("TotalBytes", 5))])));

        Assert.Equal(["queue", "temp"], fact.Volumes[0].Holds);
        Assert.Equal(95, fact.Volumes[0].UsedPercent);
        Assert.Empty(fact.Volumes[1].Holds);
        Assert.Equal("0", fact.Value(@"D:\/free"));
    }

    [Theory]
    [InlineData(null, 5L)]
    [InlineData(5L, null)]
    [InlineData(-1L, 5L)]
    [InlineData(6L, 5L)]
    [InlineData(0L, 0L)]
    public void A_volume_with_impossible_sizes_makes_the_answer_unreadable(object? free, object? total) => Assert.Equal(
        NotSeenReason.Unreadable,
        Reason(new DiskCmdlet(Ex01).Answer(new Outputs([Of(("Path", @"C:\"), ("FreeBytes", free), ("TotalBytes", total))]))));

    [Fact]
    public void Recovery_actions_come_newest_first()
    {
        CmdletAnswer Answer(params object?[] objects) => new RecoveryActionsCmdlet(Ex01).Answer(new Outputs(objects));

        var fact = Fact<RecoveryActionsFact>(Answer(
            Header(),
            Of(("Action", "RestartService"), ("Target", "MSExchangeTransport"), ("At", Noon.AddMinutes(-30)), ("Result", "Succeeded")),
            Of(("Action", "RestartService"), ("Target", "MSExchangeDelivery"), ("At", Noon))));

        Assert.Equal(["MSExchangeDelivery", "MSExchangeTransport"], fact.Actions.Select(action => action.Target));
        Assert.Null(fact.Actions[0].Result);
        Assert.Empty(Fact<RecoveryActionsFact>(Answer(Header())).Actions);
        Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(Header(), Of(("Action", "RestartService")))));
    }
}
