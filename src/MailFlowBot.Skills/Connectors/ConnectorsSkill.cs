using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Connectors;

/// <summary>
/// A Receive connector of the Transport service listens on port 25, which belongs to Front End Transport (events 1018, 1019); or a
/// connector refuses relaying (Exchange, Receive connectors).
/// </summary>
internal sealed class ConnectorsSkill : ISkill
{
    private static readonly Citation Article = new("Receive connectors", "Receive connector local address bindings");

    public string Finds => SymptomClass.ConnectorConfig;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && TransportEvents.PortConflict(readings.Events(server)).Count > 0 ? [new ReadReceiveConnectors(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadReceiveConnectors(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        // An Edge server has no Front End Transport: its Transport service rightly listens on port 25.
        if (examined.Readings.Inventory?.Find(examined.Server) is not { HasComponentStates: true } server
            || server.Roles.Contains("Edge", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var read = new ReadReceiveConnectors(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadEvents(examined.Server));
        found.ForEvents(TransportEvents.PortConflict(examined.Readings.Events(examined.Server)));
        var connectors = examined.Readings.Fact<ReceiveConnectorsFact>(read);
        var competing = connectors?.CompetingForPort25.ToList() ?? [];
        foreach (var connector in competing)
        {
            found.For(read, found.Say(
                "connectors.competes", ("connector", connector.Name), ("bindings", string.Join(", ", connector.Bindings))));
        }

        if (connectors is { Connectors.Count: > 0 } && competing.Count == 0 && connectors.Connectors.All(connector => connector.TransportRole is not null))
            found.Against(read, found.Say("connectors.none-competes"));

        // Refused relaying is a question of the connector that took the session, which no read can name.
        var relay = competing.Count == 0 && !found.Observed;
        return found.Conclude(
            Article,
            found.Say("connectors.headline"),
            found.Say("connectors.reported"),
            competing.Count > 0 ? 0.95 : 0.75,
            Explains.Partly,
            [
                found.Say("connectors.look", (
                    "command", $"Get-ReceiveConnector -Server {found.Server} | Format-List Name, TransportRole, Bindings, RemoteIPRanges, PermissionGroups")),
                .. relay
                    ? [found.Say("connectors.relay")]
                    : competing.Select(connector => found.Say(
                        "connectors.set-role",
                        ("connector", connector.Name),
                        ("command", "Set-ReceiveConnector -TransportRole FrontendTransport -Identity"))),
                .. relay ? [] : new[] { found.Say("connectors.start-after", ("command", "Start-Service -Name MSExchangeTransport, MSExchangeFrontEndTransport")) },
            ]);
    }
}
