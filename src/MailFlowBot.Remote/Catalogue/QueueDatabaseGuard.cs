namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Restart guard 3: the queue database is damaged or was moved aside. Transport would start with an empty one, and what waits in the old
/// one is out of sight. The engine's events count whichever database they name: their text is translated.
/// </summary>
public sealed record QueueDatabaseGuard(ServerName Server) : EventGuard(Server)
{
    public override string Id => "queue-database";

    private protected override GuardReading? Against(EventsFact events)
    {
        var damage = events.Of(WatchedEvents.Transport, WatchedEvents.QueueDatabaseDamage)
            .Concat(events.Of(WatchedEvents.DatabaseEngine, WatchedEvents.EngineDamage))
            .ToList();
        return damage.Count > 0 ? GuardReading.Refuse(Id, Text(damage), ChangeRefusal.QueueDatabaseDamaged) : null;
    }
}
