using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.TransportAgents;

/// <summary>
/// An agent or a transport rule crashes or slows transport (Exchange, transport agents; events 4999, 1046, 1050). Disabling one may
/// switch off DLP, signing or scanning, so people decide.
/// </summary>
internal sealed class TransportAgentsSkill : ISkill
{
    private static readonly Citation Article = new("Transport agents in Exchange Server", "Troubleshooting transport agents");

    public string Finds => SymptomClass.TransportAgent;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && TransportEvents.Agent(readings.Events(server)).Count + Slow(server, readings).Count > 0
            ? [new ReadTransportAgents(server)]
            : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadTransportAgents(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadTransportAgents(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadEvents(examined.Server));
        var crashes = TransportEvents.Agent(examined.Readings.Events(examined.Server));
        found.ForEvents(crashes);
        // A slow agent is logged on healthy servers as well.
        found.HintEvents(Slow(examined.Server, examined.Readings));
        var agents = examined.Readings.Fact<TransportAgentsFact>(read)?.Agents ?? [];
        var foreign = agents.Where(agent => agent.IsThirdParty == true && agent.Enabled != false).ToList();
        foreach (var agent in foreign.Take(5))
            found.Hint(read, found.Say("transport-agents.third-party", ("agent", agent.Name)));
        if (agents.Count > 0 && agents.All(agent => agent.IsThirdParty == false || agent.Enabled == false) && crashes.Count == 0)
            found.Against(read, found.Say("transport-agents.only-own"));

        return found.Conclude(
            Article,
            found.Say(crashes.Count > 0 ? "transport-agents.headline" : "transport-agents.headline-suspect"),
            found.Say("transport-agents.reported"),
            crashes.Count > 0 ? 0.85 : 0.6,
            Explains.Explains,
            [
                found.Say("transport-agents.look", ("command", "Get-TransportAgent | Format-Table Identity, Enabled, Priority")),
                found.Say("transport-agents.pipeline", ("command", "Get-TransportPipeline | Format-List")),
                found.Say("transport-agents.build"),
                found.Say("transport-agents.rules", ("command", "Get-TransportRule | Format-Table Name, State, Priority")),
                found.Say("transport-agents.disable", ("command", "Disable-TransportAgent -Identity")),
            ]);
    }

    private static IReadOnlyList<EventReading> Slow(ServerName server, Readings readings) =>
        TransportEvents.Of(readings.Events(server), "MSExchange Extensibility", 1050);
}
