using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.PeerAuthentication;

/// <summary>
/// Exchange servers do not accept each other: 451 5.7.3 Cannot achieve Exchange Server authentication, 454 4.7.0 Temporary
/// authentication failure (Exchange, Receive connector authentication; causes are clock, SPN, connectors, and firewalls that strip verbs).
/// </summary>
internal sealed class PeerAuthenticationSkill : ISkill
{
    private static readonly Citation Article = new("Receive connectors", "Receive connector authentication mechanisms");

    public string Finds => SymptomClass.AuthPermissions;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && Waiting(server, readings).Any() ? [new ReadReceiveConnectors(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadReceiveConnectors(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var queues = new ReadQueues(examined.Server);
        var connectors = new ReadReceiveConnectors(examined.Server);
        var found = new Assessment(examined, Finds, queues, connectors);
        foreach (var waiting in Waiting(examined.Server, examined.Readings).Take(5))
            found.For(queues, waiting.Told());
        // 1035 is logged for every failed logon from outside as well, so it says little alone.
        found.HintEvents(TransportEvents.Of(examined.Readings.Events(examined.Server), "MSExchangeTransport", 1035));
        found.HintEvents(TransportEvents.Of(examined.Readings.Events(examined.Server), "MSExchangeFrontEndTransport", 1035));
        var internals = examined.Readings.Fact<ReceiveConnectorsFact>(connectors)?.Connectors
            .Where(connector => connector.Enabled != false && connector.AuthMechanisms.Count > 0
                && "HubTransport".Equals(connector.TransportRole, StringComparison.OrdinalIgnoreCase))
            .ToList() ?? [];
        if (internals.Count > 0 && !internals.Any(connector => connector.AuthMechanisms.Contains("ExchangeServer", StringComparer.OrdinalIgnoreCase)))
            found.For(connectors, found.Say("peer-authentication.no-exchange-server"));
        if (examined.Readings.Queues(examined.Server) is not null && !Waiting(examined.Server, examined.Readings).Any())
            found.Against(queues, found.Say("peer-authentication.no-queue"));

        return found.Conclude(
            Article,
            found.Say("peer-authentication.headline"),
            found.Say("peer-authentication.reported"),
            0.85,
            Explains.Partly,
            [
                found.Say("peer-authentication.clock", ("command", "w32tm /query /status")),
                found.Say("peer-authentication.spn", ("command", $"setspn -L {found.Server}")),
                found.Say("peer-authentication.connectors", (
                    "command", $"Get-ReceiveConnector -Server {found.Server} | Format-List Name, TransportRole, Bindings, RemoteIPRanges, AuthMechanism")),
                found.Say("peer-authentication.firewall"),
            ]);
    }

    private static IEnumerable<WaitingQueue> Waiting(ServerName server, Readings readings) =>
        readings.Waiting(server).Where(waiting => waiting.Fault == QueueFault.Authentication);
}
