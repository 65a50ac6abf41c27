using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Incidents;

/// <summary>Events with fixed ids and times, of which tests make logs.</summary>
internal static class Happenings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 2, 40, 0, TimeSpan.Zero);

    public static readonly Conversation Thread = new("teams", "19:mail@thread.tacv2;messageid=1", "https://smba.example/emea/");

    public static IncidentOpened Opened(Conversation? conversation = null) =>
        new(Cast.Alice, conversation ?? Thread, "en", "org-a", Simulated: true, Hears: "mentions", Drill: "transport-inactive");

    public static NoteAdded Note(string text) => new(Cast.Bob, text, 0);

    /// <summary>A log of <paramref name="events"/>, one a second.</summary>
    public static IReadOnlyList<RecordedEvent> Log(IncidentId id, params IEnumerable<IncidentEvent> events)
    {
        var log = new List<RecordedEvent>();
        foreach (var happened in events)
            log.Add(EventChain.Link(id, log.LastOrDefault(), Start.AddSeconds(log.Count), happened));
        return log;
    }
}
