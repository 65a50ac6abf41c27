using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.PoisonQueue;

/// <summary>
/// Messages that transport takes for the cause of its crashes (Exchange, queues: poison message queue). Resuming them all can crash it
/// again, so they are looked at one by one, by people.
/// </summary>
internal sealed class PoisonQueueSkill : ISkill
{
    // From here on it is no odd message any more: an agent or the scan engine fails on everything.
    private const int Many = 10;

    private static readonly Citation Article = new("Queues in Exchange Server", "Poison message queue");

    public string Finds => SymptomClass.PoisonQueue;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadQueues(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadEvents(server), new ReadTransportAgents(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadQueues(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadEvents(examined.Server));
        var queues = examined.Readings.Queues(examined.Server);
        var poison = queues?.Queues.FirstOrDefault(queue => queue.Identity.EndsWith("\\Poison", StringComparison.OrdinalIgnoreCase));
        if (poison is { MessageCount: > 0 })
        {
            var line = found.Say("poison-queue.count", ("count", poison.MessageCount.ToString(CultureInfo.InvariantCulture)));
            if (poison.MessageCount >= Many)
                found.For(read, line);
            else
                found.Hint(read, line);
        }
        else if (queues is not null)
        {
            found.Against(read, found.Say("poison-queue.empty"));
        }

        found.HintEvents(TransportEvents.Of(examined.Readings.Events(examined.Server), "MSExchangeTransport", 10001));
        return found.Conclude(
            Article,
            found.Say(poison?.MessageCount >= Many ? "poison-queue.headline-many" : "poison-queue.headline"),
            found.Say("poison-queue.reported"),
            0.85,
            Explains.Partly,
            [
                found.Say("poison-queue.list", ("command", $"Get-Message -Queue {found.Server}\\Poison | Format-List Identity, FromAddress, DateReceived, LastError")),
                found.Say("poison-queue.one-by-one"),
                found.Say("poison-queue.cause"),
            ]);
    }
}
