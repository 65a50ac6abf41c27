using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class BackPressureCmdletTests
{
    private static readonly ServerName Ex01 = new("EX01");

    private static CmdletAnswer Answer(string result) =>
        new BackPressureCmdlet(Ex01).Answer(new Outputs([new PsObject { Adapted = { ["Result"] = result } }]));

    private static string Process(string server, string meters) =>
        $"<Diagnostics><ProcessInfo><serverName>{server}</serverName><startTime>2026-11-22T10:00:00.5000000Z</startTime></ProcessInfo>"
        + $"<Components><ResourceThrottling><ResourceTracker>{meters}</ResourceTracker></ResourceThrottling></Components></Diagnostics>";

    private static string Meter(string name, string use) =>
        $"<ResourceMeter Resource=\"{name}\"><CurrentResourceUse>{use}</CurrentResourceUse><Pressure>7</Pressure></ResourceMeter>";

    private static BackPressureFact Fact(CmdletAnswer answer) =>
        Assert.IsType<BackPressureFact>(Assert.IsType<CmdletAnswer.Found>(answer).Fact);

    private static NotSeenReason Reason(CmdletAnswer answer) => Assert.IsType<CmdletAnswer.Nothing>(answer).Reason;

    [SkippableTheory]
    [InlineData("data/exchange/clixml/e19-ResourceThrottling.xml")]
    [InlineData("data/exchange/clixml/e19-ResourceThrottling1.xml")]
    [InlineData("data/psrp/captures/clixml-exchange/E16_Exchange_GetExchangeDiagnosticInfo_EdgeTransportResourceThrottling.xml")]
    public void Meters_of_real_servers(string file)
    {
        var outputs = new Outputs(Capture.Objects(file));

        var fact = Fact(new BackPressureCmdlet(new ServerName("SOLO-E19A")).Answer(outputs));

        Assert.True(fact.Meters.Count >= 8);
        Assert.All(fact.Meters, meter =>
        {
            Assert.NotEqual(ResourceUse.Unknown, meter.Use);
            Assert.NotNull(meter.Pressure);
            Assert.NotNull(meter.ToHigh);
            Assert.NotNull(meter.FromMedium);
        });
        Assert.Equal(new DateTimeOffset(2024, 5, 22, 15, 12, 38, 304, TimeSpan.Zero), fact.ProcessStarted!.Value, TimeSpan.FromMilliseconds(1));
        Assert.EndsWith("Queue", fact.Meters.First(meter => meter.Resource == "UsedDiskSpace").Instance, StringComparison.Ordinal);
        Assert.Equal(NotSeenReason.WrongServer, Reason(new BackPressureCmdlet(Ex01).Answer(outputs)));
    }

    [SkippableFact]
    public void Thresholds_are_those_of_the_server()
    {
        var fact = Fact(new BackPressureCmdlet(new ServerName("SOLO-E19A")).Answer(Capture.Exchange("e19-ResourceThrottling.xml")));

        Assert.Equal(
            new ResourceMeter("SystemMemory", null, ResourceUse.High, ResourceUse.High, 92, 94, 84),
            fact.Meters.Single(meter => meter.Resource == "SystemMemory"));
        Assert.Equal(ResourceUse.High, fact.Worst);
    }

    [Fact]
    public void A_meter_in_an_unknown_state_makes_the_whole_unknown()
    {
        var fact = Fact(Answer(Process("EX01", Meter("UsedDiskSpace[C:\\]", "Niedrig") + Meter("PrivateBytes", "Low"))));

        Assert.Equal(ResourceUse.Unknown, fact.Worst);
        Assert.Null(fact.Value("worst"));
        Assert.Null(fact.Value("UsedDiskSpace/use"));
        Assert.Equal("Low", fact.Value("PrivateBytes/use"));
    }

    [Theory]
    [InlineData("EX02")]
    [InlineData("")]
    public void Pressure_of_another_or_an_unnamed_server_is_not_seen(string server) =>
        Assert.Equal(NotSeenReason.WrongServer, Reason(Answer(Process(server, Meter("PrivateBytes", "Low")))));

    [Fact]
    public void No_meters_are_not_no_pressure() => Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(Process("EX01", ""))));

    [Theory]
    [InlineData("")]
    [InlineData("not XML")]
    [InlineData("<Diagnostics>")]
    [InlineData("<!DOCTYPE d [<!ENTITY a \"aaaaaaaa\">]><Diagnostics>&a;</Diagnostics>")]
    public void What_is_not_the_expected_xml_is_unreadable(string result) => Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(result)));

    [Fact]
    public void Depth_size_and_count_are_capped()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        var many = string.Concat(Enumerable.Range(0, 50_000).Select(i => Meter($"M{i}", "Low")));

        Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(Process("EX01", deep))));
        Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(Process("EX01", many))));
        Assert.Equal(NotSeenReason.Unreadable, Reason(Answer(Process("EX01", Meter("M", "Low") + new string(' ', 2_000_000)))));
    }
}
