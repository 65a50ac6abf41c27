using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.TransportCrashing;

/// <summary>
/// The Transport service exits again and again, or is out of sessions (Exchange, transport events; Service Control Manager 7031, 7034).
/// Not a case for a start or restart: the cause is looked for. Where events name an agent, a port or the queue database, their
/// articles speak.
/// </summary>
internal sealed class TransportCrashingSkill : ISkill
{
    private static readonly Citation Article = new("Transport service events", "7031, 7034, 7010, 14001, 17018");

    public string Finds => SymptomClass.TransportServiceDown;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadEvents(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadHealthReport(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        var events = examined.Readings.Events(examined.Server);
        if (!examined.Readings.IsModern(examined.Server) || events is null
            || TransportEvents.Cause(events) is not (TransportCause.None or TransportCause.CrashLoop))
        {
            return null;
        }

        var found = new Assessment(examined, Finds, new ReadEvents(examined.Server), new ReadServices(examined.Server));
        var exits = TransportEvents.Exits(events);
        var loop = TransportEvents.IsLoop(exits);
        var sessions = TransportEvents.Of(events, "MSExchangeTransport", 17018);
        if (loop)
            found.ForEvents(exits);
        else
            found.HintEvents(exits);
        found.ForEvents(sessions);
        var failures = TransportEvents.Of(events, "MSExchangeTransport", 7004, 7010, 14001);
        found.HintEvents(failures);
        HealthSets(examined, found);

        // The report alone adds nothing here that the checks of services did not answer.
        return !found.Observed ? null : found.Conclude(
            Article,
            found.Say(
                loop ? "transport-crashing.headline"
                : sessions.Count > 0 ? "transport-crashing.headline-sessions"
                : exits.Count + failures.Count > 0 ? "transport-crashing.headline-events"
                : "transport-crashing.headline-health"),
            found.Say("transport-crashing.headline-events"),
            loop || sessions.Count > 0 ? 0.85 : 0.6,
            loop || sessions.Count > 0 ? Explains.Explains : Explains.Partly,
            Runbook(found, sessions.Count > 0));
    }

    private static void HealthSets(ExaminedServer examined, Assessment found)
    {
        var read = new ReadHealthReport(examined.Server);
        foreach (var set in examined.Readings.Fact<HealthReportFact>(read)?.Sets
            .Where(set => set.AlertValue.Equals("Unhealthy", StringComparison.OrdinalIgnoreCase)).Take(5) ?? [])
        {
            found.Hint(read, found.Say("transport-crashing.health-set", ("set", set.Name)));
        }
    }

    private static List<Line> Runbook(Assessment found, bool sessions)
    {
        List<Line> lines =
        [
            found.Say("transport-crashing.events", (
                "command",
                "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='MSExchangeTransport','MSExchange Common'} -MaxEvents 50")),
            found.Say("transport-crashing.no-restart"),
        ];
        if (sessions)
            lines.Insert(0, found.Say("transport-crashing.sessions"));
        return lines;
    }
}
