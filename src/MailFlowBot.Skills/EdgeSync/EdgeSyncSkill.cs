using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.EdgeSync;

/// <summary>
/// Replication to Edge servers stands still, or Edge and Mailbox servers do not trust each other's certificate (Exchange, Edge
/// Subscriptions; events 10104, 2018, 1036). Restarting the service is cheap and touches no mail; resubscribing is for people.
/// </summary>
internal sealed class EdgeSyncSkill : ISkill
{
    private static readonly Citation Article = new("Edge Subscriptions in Exchange Server", "EdgeSync service");

    public string Finds => SymptomClass.EdgeSync;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadEvents(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadCertificates(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var services = new ReadServices(examined.Server);
        var found = new Assessment(examined, Finds, new ReadEvents(examined.Server), services);
        var logged = Logged(examined);
        found.ForEvents(logged);
        var service = examined.Readings.Services(examined.Server)?.Find(WindowsService.EdgeSync);
        // Where there is no Edge server nobody misses the service, so its status alone says nothing.
        if (service is { Status: ServiceStatus.Stopped })
            found.Hint(services, found.Say("edge-sync.stopped"));
        if (logged.Count == 0 && service is { Status: ServiceStatus.Running } && examined.Readings.Events(examined.Server) is { Cut: false })
            found.Against(services, found.Say("edge-sync.runs"));

        if (found.Observed)
            found.Fix = Fix(examined, found, service);
        return found.Conclude(
            Article,
            found.Say("edge-sync.headline"),
            found.Say("edge-sync.reported"),
            0.8,
            Explains.DoesNotExplain,
            [
                found.Say("edge-sync.test", ("command", "Test-EdgeSynchronization | Format-List SyncStatus, LastSynchronizedUtc, FailureDetail, LeaseHolder")),
                found.Say("edge-sync.force", ("command", "Start-EdgeSynchronization -Server")),
                found.Say("edge-sync.resubscribe"),
            ]);
    }

    // The plan rests on what endpoints showed: events, or a service seen Stopped that starts by itself otherwise.
    private static (FixPlan? Plan, ChangeRefusal? Refusal) Fix(ExaminedServer examined, Assessment found, ServiceReading? service)
    {
        ChangeOperation? step = service switch
        {
            { Status: ServiceStatus.Stopped, StartType: ServiceStartType.Automatic } => new StartService(examined.Server, WindowsService.EdgeSync),
            { Status: ServiceStatus.Running } => new RestartService(examined.Server, WindowsService.EdgeSync),
            _ => null,
        };
        if (step is null)
            return (null, service is null ? ChangeRefusal.NotSeen : null);
        var judgement = Judgement.OfPlan([step], examined.Readings, examined.Now);
        if ((judgement.Refusal ?? examined.PastedRefusal) is { } refusal)
            return (null, refusal);
        var plan = new FixPlan(
            SymptomClass.EdgeSync,
            [step],
            [found.Say("edge-sync.test-after")],
            [],
            judgement,
            found.Say("edge-sync.effect"),
            found.Say("edge-sync.risk"));
        return (plan, null);
    }

    private static IReadOnlyList<EventReading> Logged(ExaminedServer examined)
    {
        var events = examined.Readings.Events(examined.Server);
        return
        [
            .. TransportEvents.Of(events, "MSExchange EdgeSync", 10104, 2018, 1036),
            .. TransportEvents.Of(events, "MSExchangeEdgeSync", 10104, 2018, 1036),
            .. TransportEvents.Of(events, "MSExchangeTransport", 10104, 2018, 1036),
        ];
    }
}
