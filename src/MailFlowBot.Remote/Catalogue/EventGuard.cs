using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>A guard that rests on the listed events of the last hour. Where the list was cut, silence proves nothing.</summary>
public abstract record EventGuard(ServerName Server) : Guard
{
    public override IEnumerable<ReadOperation> Needs(Readings readings) => [new ReadEvents(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (readings.Fact<EventsFact>(new ReadEvents(Server)) is not { } events)
            return GuardReading.Refuse(Id, "events not seen", ChangeRefusal.NotSeen);
        return Against(events) is { } refused ? refused
            : events.Cut ? GuardReading.Raise(Id, "the list of events was cut")
            : GuardReading.Pass(Id, Quiet(events));
    }

    /// <summary>The refusal that the events demand; null when they demand none.</summary>
    private protected abstract GuardReading? Against(EventsFact events);

    /// <summary>What is shown when they demand none.</summary>
    private protected virtual string Quiet(EventsFact events) => "none";

    /// <summary>Source, id and number, each once: <c>MSExchangeTransport 17003 (2)</c>.</summary>
    internal static string Text(IEnumerable<EventReading> events) => string.Join(", ", events
        .GroupBy(happened => (happened.Source, happened.Id))
        .Take(3)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key.Source} {group.Key.Id} ({group.Count()})")));
}
