using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Restart guard 4: a service that ends again and again, or whose crash names a transport agent, needs its cause removed first. Exits count
/// whatever service they name, since the display name in the text is translated; one exit of Front End Transport is by design when
/// ServerWideOffline is set.
/// </summary>
public sealed record CrashLoopGuard(ServerName Server) : EventGuard(Server)
{
    private const int Loop = 3;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    public override string Id => "crash-loop";

    private protected override GuardReading? Against(EventsFact events)
    {
        var byAgent = events.Of(WatchedEvents.Crashes, 4999).Where(crash => Names(crash, "edgetransport") && Names(crash, "agent"))
            .Concat(events.Of(WatchedEvents.Extensibility, 1046))
            .Concat(events.Of(WatchedEvents.TransportProcess, 1046).Where(crash => Names(crash, "agent")))
            .ToList();
        if (byAgent.Count > 0)
            return GuardReading.Refuse(Id, "agent: " + Text(byAgent), ChangeRefusal.CrashLoop);
        if (MostExits(events) is var exits and >= Loop)
            return GuardReading.Refuse(Id, Exits(exits), ChangeRefusal.CrashLoop);
        // Whose crash it was stands in the text only.
        return events.Of(WatchedEvents.Crashes, 4999).Where(crash => crash.Text is null).ToList() is { Count: > 0 } unread
            ? GuardReading.Raise(Id, Text(unread) + " without text")
            : null;
    }

    private protected override string Quiet(EventsFact events) => Exits(MostExits(events));

    /// <summary>
    /// The most exits within ten minutes. The service control manager and the process that watches over transport may both report one and
    /// the same, so the two are not added up.
    /// </summary>
    private static int MostExits(EventsFact events) => Math.Max(
        MostWithin([.. events.Of(WatchedEvents.ServiceControl, WatchedEvents.ServiceExit).Select(exit => exit.At).Order()]),
        MostWithin([.. events.Of(WatchedEvents.TransportProcess, 1046).Select(exit => exit.At).Order()]));

    private static int MostWithin(List<DateTimeOffset> times)
    {
        var most = 0;
        for (int last = 0, first = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] > Within)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static bool Names(EventReading happened, string name) => happened.Text?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;

    private static string Exits(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} exits in 10 min");
}
