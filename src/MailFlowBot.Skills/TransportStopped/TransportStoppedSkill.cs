using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;

namespace MailFlowBot.Skills.TransportStopped;

/// <summary>
/// The other way a transport server stops serving: all components are Active, but the service itself is stopped. Looked at where
/// the
/// branch of KB 2866822 is left, whose Resolution, step 2 is about the same service.
/// </summary>
internal sealed class TransportStoppedSkill : ISkill
{
    // In the order in which their loss hurts. FMS is left out: Transport depends on it, and starting Transport starts it too.
    private static readonly IReadOnlyList<WindowsService> Watched =
        [WindowsService.Transport, WindowsService.FrontEndTransport, WindowsService.Submission, WindowsService.Delivery];

    public string Finds => FindingClass.TransportServiceDown;

    public ReadOperation? Glance(ExchangeServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.HasComponentStates ? new ReadServices(server.Name) : null;
    }

    public bool Deviates(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return readings.Services(server) is { } services && Watched.Any(service => IsDown(services.Find(service)));
    }

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (readings.Inventory?.Find(server) is not { HasComponentStates: true })
            return [];
        if (!readings.Has(new ReadServices(server)))
            return [new ReadServices(server)];

        // Without a Windows endpoint the server's own judgement is second best: it shows a stopped service, but allows no start.
        // And while they run, there is nothing to judge a start by.
        return readings.Services(server) is not { } services
            ? new ReadOperation[] { new ReadServiceHealth(server) }.Where(read => !readings.Has(read))
            : Watched.Any(service => IsDown(services.Find(service)))
                ? new StartService(server, WindowsService.Transport).Needs(readings)
                : [];
    }

    public Verdict? Examine(ExaminedServer examined)
    {
        ArgumentNullException.ThrowIfNull(examined);
        if (examined.Readings.Inventory?.Find(examined.Server) is not { HasComponentStates: true })
            return null;
        if (examined.Readings.Services(examined.Server) is { } services)
        {
            return Watched.Select(services.Find).OfType<ServiceReading>().FirstOrDefault(IsDown) is { } down && !HasOtherCause(examined, down)
                ? StoppedVerdict.Of(examined, down)
                : null;
        }

        return examined.Readings.Fact<ServiceHealthFact>(new ReadServiceHealth(examined.Server)) is { } health
            && Watched.FirstOrDefault(service => NotRunning(health, service)) is { Name: not null } named
                ? StoppedVerdict.WithoutServices(examined, named)
                : null;
    }

    // A service that was stopped by an agent, by another listener on its port or by its damaged queue database would stop again: the
    // article of the cause speaks, and nothing is started (Exchange, transport service events).
    private static bool HasOtherCause(ExaminedServer examined, ServiceReading down) =>
        (down.Service == WindowsService.Transport || down.Service == WindowsService.FrontEndTransport)
        && TransportEvents.Cause(examined.Readings.Events(examined.Server)) != TransportCause.None;

    private static bool IsDown(ServiceReading? reading) => reading is { Status: not (ServiceStatus.Running or ServiceStatus.Unknown) };

    private static bool NotRunning(ServiceHealthFact health, WindowsService service) => health.Roles
        .Any(role => role.ServicesNotRunning.Contains(service.Name, StringComparer.OrdinalIgnoreCase));
}
