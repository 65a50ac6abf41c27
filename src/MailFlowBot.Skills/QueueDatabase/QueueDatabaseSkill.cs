using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.QueueDatabase;

/// <summary>
/// The queue database is damaged, or transport moved it aside and began an empty one (Exchange, queue database; events 17003, 17014,
/// 17021, 12028). Never restarted or deleted from here: the old file still holds mail.
/// </summary>
internal sealed class QueueDatabaseSkill : ISkill
{
    private static readonly Citation Article = new("Queues in Exchange Server", "Queue database files");

    public string Finds => SymptomClass.QueueDatabase;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadEvents(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadDisk(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var found = new Assessment(examined, Finds, new ReadEvents(examined.Server));
        var events = examined.Readings.Events(examined.Server);
        found.ForEvents(TransportEvents.QueueDatabase(events));
        found.HintEvents(events?.Events.Where(happened => happened.Source.Equals("ESE", StringComparison.OrdinalIgnoreCase)) ?? []);
        if (events is { Cut: false } && TransportEvents.QueueDatabase(events).Count == 0)
            found.Against(new ReadEvents(examined.Server), found.Say("queue-database.no-events"));

        return found.Conclude(
            Article,
            found.Say("queue-database.headline"),
            found.Say("queue-database.reported"),
            0.9,
            Explains.Explains,
            [
                found.Say("queue-database.keep"),
                found.Say("queue-database.old-folder", ("command", "Get-ChildItem \"$env:ExchangeInstallPath\\TransportRoles\\data\\Queue\" -Force")),
                found.Say("queue-database.shadow"),
                found.Say("queue-database.disk"),
            ]);
    }
}
