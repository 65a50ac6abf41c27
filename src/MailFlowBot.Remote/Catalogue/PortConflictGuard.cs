namespace MailFlowBot.Remote.Catalogue;

/// <summary>Restart guard 5: another process or connector holds the port, so a restart ends where it began.</summary>
public sealed record PortConflictGuard(ServerName Server) : EventGuard(Server)
{
    public override string Id => "port-conflict";

    private protected override GuardReading? Against(EventsFact events)
    {
        var conflicts = events.Of(WatchedEvents.Transport, WatchedEvents.PortConflict)
            .Concat(events.Of(WatchedEvents.FrontEndTransport, WatchedEvents.PortConflict))
            .ToList();
        return conflicts.Count > 0 ? GuardReading.Refuse(Id, Text(conflicts), ChangeRefusal.PortConflict) : null;
    }
}
