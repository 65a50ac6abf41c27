using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Diagnosis;

public class TransportEventsTests
{
    [Theory]
    [InlineData("MSExchangeTransport", 17003, null, "QueueDatabase")]
    [InlineData("MSExchangeTransport", 1018, null, "PortConflict")]
    [InlineData("MSExchangeFrontEndTransport", 1019, null, "PortConflict")]
    [InlineData("MSExchange Common", 4999, "Watson: edgetransport, M.E.Contoso.RoutingAgent", "Agent")]
    [InlineData("MSExchange Common", 4999, "Watson: w3wp, M.E.Data", "None")]
    [InlineData("MSExchange Common", 4999, null, "None")]
    [InlineData("MSExchange TransportService", 1046, "Contoso Signing Agent", "Agent")]
    [InlineData("MSExchange TransportService", 1046, null, "None")]
    [InlineData("Service Control Manager", 7031, "MSExchangeTransport", "None")]
    [InlineData("Somebody Else", 17003, null, "None")]
    public void An_event_speaks_by_source_and_id_together(string source, int id, string? text, string cause) =>
        Assert.Equal(cause, TransportEvents.Cause(Events((source, id, text, 1))).ToString());

    [Fact]
    public void Three_exits_within_ten_minutes_are_a_loop_and_three_within_an_hour_are_not()
    {
        const string scm = "Service Control Manager";

        Assert.Equal(TransportCause.CrashLoop, TransportEvents.Cause(
            Events((scm, 7031, "MSExchangeTransport", 2), (scm, 7034, "MSExchangeTransport", 7), (scm, 7031, "MSExchangeTransport", 11))));
        Assert.Equal(TransportCause.None, TransportEvents.Cause(
            Events((scm, 7031, "MSExchangeTransport", 2), (scm, 7031, "MSExchangeTransport", 25), (scm, 7031, "MSExchangeTransport", 50))));
    }

    [Fact]
    public void The_restart_of_front_end_transport_after_a_reset_is_no_exit_of_transport() =>
        Assert.Equal(TransportCause.None, TransportEvents.Cause(Events(
            ("Service Control Manager", 7031, "MSExchangeFrontEndTransport", 1),
            ("Service Control Manager", 7031, "Microsoft Exchange Frontend Transport", 2),
            ("Service Control Manager", 7031, "MSExchangeFrontEndTransport", 3))));

    [Theory]
    [InlineData("MSExchangeTransportLogSearch")]
    [InlineData("The Microsoft Exchange Transport Log Search service terminated unexpectedly.")]
    public void The_search_of_logs_is_not_transport(string text) => Assert.Empty(
        TransportEvents.Exits(Events(("Service Control Manager", 7031, text, 1), ("Service Control Manager", 7034, text, 2))));

    [Fact]
    public void Events_that_could_not_be_read_name_no_cause() => Assert.Equal(TransportCause.None, TransportEvents.Cause(null));

    private static EventsFact Events(params (string Source, int Id, string? Text, int MinutesAgo)[] events) => new(
        Ex03,
        Now.AddHours(-1),
        [.. events.Select(logged => new EventReading("System", logged.Source, logged.Id, Now.AddMinutes(-logged.MinutesAgo), logged.Text))],
        Cut: false);
}
