using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Traces and figures of remote sessions, under the one name <c>MailFlowBot.Remote</c>. Tags are names of endpoints, commands and
/// outcomes; never a value, a body or a secret.
/// </summary>
internal static class RemoteTelemetry
{
    public const string Name = "MailFlowBot.Remote";

    private const string Endpoint = "endpoint";
    private const string Outcome = "outcome";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Figures = new(Name);

    private static readonly Counter<long> Opens =
        Figures.CreateCounter<long>("mailflowbot.remote.opens", "{open}", "Attempts to open a session, by outcome.");

    private static readonly Histogram<double> OpenTime =
        Figures.CreateHistogram<double>("mailflowbot.remote.open.duration", "s", "From the first request to the opened session.");

    private static readonly Counter<long> Calls =
        Figures.CreateCounter<long>("mailflowbot.remote.calls", "{call}", "Commands, by outcome.");

    private static readonly Histogram<double> CallTime =
        Figures.CreateHistogram<double>("mailflowbot.remote.call.duration", "s", "From the Command to the freed command.");

    private static readonly Counter<long> Retries =
        Figures.CreateCounter<long>("mailflowbot.remote.retries", "{retry}", "Opens and reads tried again.");

    private static readonly Counter<long> Breaks =
        Figures.CreateCounter<long>("mailflowbot.remote.breaker", "{change}", "Changes of an endpoint's circuit breaker, by its new state.");

    private static readonly UpDownCounter<long> Shells =
        Figures.CreateUpDownCounter<long>("mailflowbot.remote.shells", "{shell}", "Shells that are open.");

    public static Activity? StartOpen(EndpointName endpoint) => Source.StartActivity("open", ActivityKind.Client)?.SetTag(Endpoint, endpoint.Value);

    public static Activity? StartCall(EndpointName endpoint, string command) =>
        Source.StartActivity("invoke", ActivityKind.Client)?.SetTag(Endpoint, endpoint.Value).SetTag("command", command);

    public static void Opened(Activity? activity, EndpointName endpoint, string outcome, TimeSpan took)
    {
        End(activity, outcome, isGood: outcome == "Opened");
        Opens.Add(1, Tag(Endpoint, endpoint.Value), Tag(Outcome, outcome));
        OpenTime.Record(took.TotalSeconds, Tag(Endpoint, endpoint.Value), Tag(Outcome, outcome));
        if (outcome == "Opened")
            Shells.Add(1, Tag(Endpoint, endpoint.Value));
    }

    public static void Closed(EndpointName endpoint) => Shells.Add(-1, Tag(Endpoint, endpoint.Value));

    public static void Called(Activity? activity, EndpointName endpoint, string command, string outcome, TimeSpan took)
    {
        End(activity, outcome, isGood: outcome == nameof(InvocationOutcome.Completed));
        Calls.Add(1, Tag(Endpoint, endpoint.Value), Tag("command", command), Tag(Outcome, outcome));
        CallTime.Record(took.TotalSeconds, Tag(Endpoint, endpoint.Value), Tag("command", command), Tag(Outcome, outcome));
    }

    public static void Retried(string endpoint, string what) => Retries.Add(1, Tag(Endpoint, endpoint), Tag("what", what));

    public static void BreakerChanged(string endpoint, string state) => Breaks.Add(1, Tag(Endpoint, endpoint), Tag("state", state));

    private static void End(Activity? activity, string outcome, bool isGood) =>
        activity?.SetTag(Outcome, outcome).SetStatus(isGood ? ActivityStatusCode.Ok : ActivityStatusCode.Error);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
