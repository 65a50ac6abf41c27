using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.MailFiltering;

/// <summary>
/// Single messages, recipients or destinations: content filter, anti-spam, quarantine, a refusal of one recipient, the limit of
/// connections to one next hop (Exchange, antispam protection; RFC 3463, 5.2.1 and 5.7.x). Not an outage; message tracking tells.
/// </summary>
internal sealed class MailFilteringSkill : ISkill
{
    private static readonly Citation Article = new("Antispam protection in Exchange Server", "Message tracking");

    public string Finds => SymptomClass.OtherMailflow;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) => [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadTransportSettings(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var queues = new ReadQueues(examined.Server);
        var settings = new ReadTransportSettings(examined.Server);
        var found = new Assessment(examined, Finds, queues, settings);
        if (!found.Reported)
            return null;
        foreach (var waiting in examined.Readings.Waiting(examined.Server).Where(waiting => waiting.Fault == QueueFault.Refused).Take(5))
            found.Hint(queues, waiting.Told());
        var transport = examined.Readings.Fact<TransportSettingsFact>(settings);
        if (Steady(examined) is { } steady)
        {
            found.Hint(queues, found.Say(
                "mail-filtering.steady",
                ("hop", steady.NextHop),
                ("count", steady.MessageCount.ToString(CultureInfo.InvariantCulture)),
                ("limit", transport?.MaxPerDomainOutboundConnections?.ToString(CultureInfo.InvariantCulture) ?? "?")));
        }

        if (found.Observed && transport?.AntispamAgentsEnabled is { } enabled)
            found.Hint(settings, found.Say(enabled ? "mail-filtering.antispam-on" : "mail-filtering.antispam-off"));

        return found.Conclude(
            Article,
            found.Say("mail-filtering.headline"),
            found.Say("mail-filtering.reported"),
            0.55,
            Explains.DoesNotExplain,
            [
                found.Say("mail-filtering.track", (
                    "command", $"Get-MessageTrackingLog -Server {found.Server} -Start (Get-Date).AddHours(-2) -EventId FAIL -ResultSize 50")),
                found.Say("mail-filtering.agent-log", ("command", "Get-AgentLog -StartDate (Get-Date).AddHours(-2)")),
                found.Say("mail-filtering.recipient"),
                found.Say("mail-filtering.no-outage"),
            ]);
    }

    // A queue to one next hop that works and stays long: the limit of connections to one domain, 20 unless set.
    private static QueueReading? Steady(ExaminedServer examined) => examined.Readings.Queues(examined.Server)?.Queues
        .FirstOrDefault(queue => queue.MessageCount >= 100
            && queue.Status.Equals("Active", StringComparison.OrdinalIgnoreCase)
            && queue.DeliveryType is "DnsConnectorDelivery" or "SmartHostConnectorDelivery");
}
