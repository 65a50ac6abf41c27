using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.NameResolution;

/// <summary>
/// Queues wait because names are not resolved or the next hop cannot be reached (Exchange, queues and delivery status codes 4.4.x).
/// Which queues wait tells where to look: peers of the organisation, one domain, or all of the world.
/// </summary>
internal sealed class NameResolutionSkill : ISkill
{
    private static readonly Citation Article = new("Send connectors and DNS lookups", "451 4.4.0, 4.4.1, 4.4.2, 4.4.7");

    public string Finds => SymptomClass.DnsSmarthost;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && Waiting(server, readings).Count > 0 ? Settings(server) : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? Settings(server) : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var queues = new ReadQueues(examined.Server);
        var found = new Assessment(examined, Finds, queues, new ReadTransportSettings(examined.Server));
        var waiting = Waiting(examined.Server, examined.Readings);
        var scope = Scope(waiting);
        foreach (var queue in waiting.Take(5))
        {
            // One domain that cannot be reached is everyday life, and mostly the other side's fault.
            if (scope is "peers" or "everywhere" or "smart-host")
                found.For(queues, queue.Told());
            else
                found.Hint(queues, queue.Told());
        }

        if (waiting.Count > 0)
            Dns(examined, found);
        else if (examined.Readings.Queues(examined.Server) is not null)
            found.Against(queues, found.Say("name-resolution.no-queue"));

        return found.Conclude(
            Article,
            found.Say(scope switch
            {
                "peers" => "name-resolution.headline-peers",
                "smart-host" => "name-resolution.headline-smart-host",
                "everywhere" => "name-resolution.headline-everywhere",
                _ => "name-resolution.headline-one",
            }),
            found.Say("name-resolution.reported"),
            scope == "one" ? 0.6 : 0.8,
            Explains.Partly,
            Runbook(found, waiting, scope));
    }

    private static ReadOperation[] Settings(ServerName server) => [new ReadTransportSettings(server), new ReadSendConnectors()];

    private static List<WaitingQueue> Waiting(ServerName server, Readings readings) =>
    [
        .. readings.Waiting(server).Where(waiting => waiting.Fault == QueueFault.Dns || (waiting.Fault == QueueFault.Connection && waiting.IsOutside)),
    ];

    // PRX2 is Front End Transport's way to say that it could not look up the next server: DNS or the network adapter.
    private static string Scope(List<WaitingQueue> waiting) =>
        waiting.Count == 0 ? "none"
        : waiting.Any(queue => queue.IsInside || queue.Queue.LastError?.Contains("PRX2", StringComparison.OrdinalIgnoreCase) == true) ? "peers"
        : waiting.Any(queue => queue.UsesSmartHost) ? "smart-host"
        : waiting.Select(queue => queue.Queue.NextHop).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 2 ? "everywhere"
        : "one";

    private static void Dns(ExaminedServer examined, Assessment found)
    {
        var read = new ReadTransportSettings(examined.Server);
        var settings = examined.Readings.Fact<TransportSettingsFact>(read);
        foreach (var (use, dns) in new[] { ("External", settings?.External), ("Internal", settings?.Internal) })
        {
            if (dns is { AdapterEnabled: false })
            {
                found.Hint(read, found.Say(
                    "name-resolution.servers", ("use", use), ("dns", dns.Servers.Count == 0 ? "-" : string.Join(", ", dns.Servers))));
            }
        }

        var connectors = examined.Readings.Fact<SendConnectorsFact>(new ReadSendConnectors())?.Connectors ?? [];
        foreach (var connector in connectors.Where(connector => connector.Enabled != false && connector.SmartHosts.Count > 0).Take(3))
        {
            found.Hint(new ReadSendConnectors(), found.Say(
                "name-resolution.smart-hosts", ("connector", connector.Name), ("hosts", string.Join(", ", connector.SmartHosts))));
        }
    }

    private static List<Line> Runbook(Assessment found, List<WaitingQueue> waiting, string scope)
    {
        List<Line> lines = [found.Say("name-resolution.adapter", ("command", "Get-DnsClientServerAddress -AddressFamily IPv4"))];
        lines.Add(scope switch
        {
            "peers" => found.Say("name-resolution.peers"),
            "none" => found.Say("name-resolution.look", (
                "command", $"Get-Queue -Server {found.Server} | Where-Object Status -eq Retry | Format-Table Identity, NextHopDomain, LastError -Wrap")),
            "smart-host" => found.Say("name-resolution.smart-host", ("command", "Get-SendConnector | Format-List Name, SmartHosts, DNSRoutingEnabled, Enabled")),
            "everywhere" => found.Say("name-resolution.everywhere"),
            _ => found.Say("name-resolution.one-domain"),
        });
        if (waiting.Count > 0)
            lines.Add(found.Say("name-resolution.retry", ("command", $"Get-Queue -Server {found.Server} | Where-Object Status -eq Retry | Retry-Queue")));
        return lines;
    }
}
