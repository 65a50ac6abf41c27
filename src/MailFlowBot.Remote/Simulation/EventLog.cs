using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The Windows event logs of a simulated server, as far as anybody asks.</summary>
internal sealed class EventLog
{
    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(1);

    private readonly List<EventReading> _events = [];

    public void Write(EventReading happened) => _events.Add(happened);

    public void Transport(int id, string text, DateTimeOffset at) => Write(new("Application", WatchedEvents.Transport, id, at, text));

    /// <summary>The service control manager sees a service end by itself (System event 7031).</summary>
    public void Exited(string service, DateTimeOffset at) => Write(new(
        "System", WatchedEvents.ServiceControl, 7031, at, $"The service {service} ended unexpectedly. It will be started again in 5000 milliseconds."));

    public EventsFact Read(ServerName server, DateTimeOffset now) => new(
        server,
        now - LooksBack,
        [.. _events.Where(happened => happened.At > now - LooksBack && happened.At <= now).OrderByDescending(happened => happened.At)],
        false);
}
