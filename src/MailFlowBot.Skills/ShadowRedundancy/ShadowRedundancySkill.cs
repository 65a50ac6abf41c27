using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.ShadowRedundancy;

/// <summary>
/// Shadow queues that do not fall, or duplicates (Exchange, shadow redundancy: heartbeat 2 minutes, resubmission after 3 hours). Shadow
/// queues with messages are normal, so nothing is said unless the report is about them.
/// </summary>
internal sealed class ShadowRedundancySkill : ISkill
{
    private static readonly Citation Article = new("Shadow redundancy in Exchange Server", "Resubmission after an outage");

    public string Finds => SymptomClass.ShadowRedundancy;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) => [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadQueues(server), .. Peers.Reads(server, readings)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadQueues(examined.Server);
        var found = new Assessment(examined, Finds, [read, .. Peers.Reads(examined.Server, examined.Readings)]);
        if (!found.Reported)
            return null;
        var peers = Peers.Of(examined.Server, examined.Readings);
        var queues = examined.Readings.Queues(examined.Server);
        var shadow = queues?.Queues
            .Where(queue => queue.MessageCount > 0 && queue.DeliveryType.Equals("ShadowRedundancy", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(queue => queue.MessageCount)
            .ToList() ?? [];
        var stuck = false;
        foreach (var queue in shadow.Take(5))
        {
            found.Hint(read, found.Say(
                "shadow-redundancy.queue",
                ("primary", queue.NextHop),
                ("count", queue.MessageCount.ToString(CultureInfo.InvariantCulture))));
            foreach (var gone in peers.Out.Where(peer => queue.NextHop.Split('.')[0].Equals(peer.Value, StringComparison.OrdinalIgnoreCase)))
            {
                stuck = true;
                found.For(new ReadComponentStates(gone), found.Say("shadow-redundancy.primary-out", ("primary", gone.Value)));
            }
        }

        if (queues is not null && shadow.Count == 0)
            found.Against(read, found.Say("shadow-redundancy.none"));
        return found.Conclude(
            Article,
            found.Say(stuck ? "shadow-redundancy.headline-stuck" : "shadow-redundancy.headline"),
            found.Say("shadow-redundancy.reported"),
            stuck ? 0.8 : 0.5,
            Explains.DoesNotExplain,
            [
                found.Say("shadow-redundancy.look", ("command", $"Get-Queue -Server {found.Server} -Filter \"DeliveryType -eq 'ShadowRedundancy'\"")),
                found.Say("shadow-redundancy.settings", ("command", "Get-TransportConfig | Format-List Shadow*")),
                found.Say("shadow-redundancy.primary"),
                found.Say("shadow-redundancy.duplicates"),
            ]);
    }
}
