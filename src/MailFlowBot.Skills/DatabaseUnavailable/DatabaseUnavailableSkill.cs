using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.DatabaseUnavailable;

/// <summary>
/// Mail waits for a mailbox database that is dismounted, failing over or throttled (432 4.3.2 STOREDRV). The queue drains by itself
/// once the database is mounted somewhere (Exchange, queues: SmtpDeliveryToMailbox).
/// </summary>
internal sealed class DatabaseUnavailableSkill : ISkill
{
    private static readonly Citation Article = new("Queues in Exchange Server", "Mailbox delivery queues");

    // Anything that is neither of these nor Mounted serves no mail now; a passive copy is said to be Healthy.
    private static readonly IReadOnlyList<string> Good = ["Mounted", "Healthy", "Mounting", "Resynchronizing", "Seeding", "SeedingSource", "Initializing"];

    public string Finds => SymptomClass.DatabaseUnavailable;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && Waiting(server, readings).Any() ? [new ReadDatabaseCopies(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadDatabaseCopies(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadDatabaseCopies(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadQueues(examined.Server));
        foreach (var waiting in Waiting(examined.Server, examined.Readings))
            found.For(new ReadQueues(examined.Server), waiting.Told());
        var copies = examined.Readings.Fact<DatabaseCopiesFact>(read)?.Copies ?? [];
        foreach (var copy in copies.Where(copy => !Good.Contains(copy.Status, StringComparer.OrdinalIgnoreCase)))
        {
            var line = found.Say("database-unavailable.copy", ("copy", copy.Name), ("status", copy.Status));
            // A failed passive copy takes no mail away; a dismounted one does.
            if (copy.Status.StartsWith("Dismount", StringComparison.OrdinalIgnoreCase))
                found.For(read, line);
            else
                found.Hint(read, line);
        }

        if (copies.Count > 0 && copies.All(copy => Good.Contains(copy.Status, StringComparer.OrdinalIgnoreCase)))
            found.Against(read, found.Say("database-unavailable.copies-good"));

        return found.Conclude(
            Article,
            found.Say("database-unavailable.headline"),
            found.Say("database-unavailable.reported"),
            0.85,
            Explains.Partly,
            [
                found.Say("database-unavailable.where", ("command", $"Get-MailboxDatabaseCopyStatus -Server {found.Server} | Format-Table Name, Status, ContentIndexState")),
                found.Say("database-unavailable.elsewhere", ("command", "Get-MailboxDatabase -Status | Format-Table Name, Mounted, MountedOnServer")),
                found.Say("database-unavailable.events"),
                found.Say("database-unavailable.drains"),
            ]);
    }

    private static IEnumerable<WaitingQueue> Waiting(ServerName server, Readings readings) =>
        readings.Waiting(server).Where(waiting => waiting.Fault == QueueFault.Store && waiting.IsMailbox);
}
