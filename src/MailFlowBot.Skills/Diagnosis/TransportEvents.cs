using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What the listed events of the last hour say about why transport does not run.</summary>
internal enum TransportCause { None, QueueDatabase, PortConflict, Agent, CrashLoop }

/// <summary>
/// Events by source and id; texts are localised and only searched for names that no translation touches. Source: Exchange, events of
/// transport, back pressure, antimalware and EdgeSync.
/// </summary>
internal static class TransportEvents
{
    /// <summary>Exits within <see cref="LoopWindow"/> from which a service counts as crashing again and again.</summary>
    private const int LoopExits = 3;

    private static readonly TimeSpan LoopWindow = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<EventReading> QueueDatabase(EventsFact? events) =>
        Of(events, "MSExchangeTransport", 17003, 17014, 17021, 12028);

    public static IReadOnlyList<EventReading> PortConflict(EventsFact? events) =>
        [.. Of(events, "MSExchangeTransport", 1018, 1019), .. Of(events, "MSExchangeFrontEndTransport", 1018, 1019)];

    /// <summary>Crash reports of the transport process that name an agent, and the event that names one that stops it.</summary>
    public static IReadOnlyList<EventReading> Agent(EventsFact? events) =>
    [
        .. Of(events, "MSExchange Common", 4999).Where(happened => Names(happened, "edgetransport") && Names(happened, "agent")),
        .. Of(events, "MSExchange Extensibility", 1046),
        .. Of(events, "MSExchange TransportService", 1046).Where(happened => Names(happened, "agent")),
    ];

    /// <summary>Exits of the transport process that the Service Control Manager saw.</summary>
    public static IReadOnlyList<EventReading> Exits(EventsFact? events) =>
    [
        // Resetting ServerWideOffline restarts Front End Transport by design (7031), so only the Transport service itself is counted.
        .. Of(events, "Service Control Manager", 7031, 7034)
            .Where(happened => (Names(happened, "MSExchangeTransport") || Names(happened, "Microsoft Exchange Transport"))
                && !Names(happened, "LogSearch") && !Names(happened, "Log Search")),
    ];

    public static bool IsLoop(IReadOnlyList<EventReading> exits) => exits
        .Select(exit => exit.At)
        .Order()
        .ToList() is var times && times.Where((at, i) => i + LoopExits - 1 < times.Count && times[i + LoopExits - 1] - at <= LoopWindow).Any();

    /// <summary>The narrowest cause that the events show; a crash loop is its own cause only where nothing names another.</summary>
    public static TransportCause Cause(EventsFact? events) =>
        QueueDatabase(events).Count > 0 ? TransportCause.QueueDatabase
        : PortConflict(events).Count > 0 ? TransportCause.PortConflict
        : Agent(events).Count > 0 ? TransportCause.Agent
        : IsLoop(Exits(events)) ? TransportCause.CrashLoop
        : TransportCause.None;

    public static IReadOnlyList<EventReading> Of(EventsFact? events, string source, params IEnumerable<int> ids) =>
        events is null ? [] : [.. events.Of(source, ids)];

    public static EventsFact? Events(this Readings readings, ServerName server) => readings.Fact<EventsFact>(new ReadEvents(server));

    private static bool Names(EventReading happened, string name) =>
        happened.Text?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;
}
