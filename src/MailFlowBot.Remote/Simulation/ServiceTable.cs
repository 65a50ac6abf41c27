using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// The services of one server. A change only writes down what will be when; the status at any instant is looked up. Dependencies as
/// read from real servers: transport needs FMS and ADTopology, the others ADTopology.
/// </summary>
internal sealed class ServiceTable
{
    // Measured on an idle lab server: transport stops in 4.4 s and starts in 5.2 s.
    private static readonly TimeSpan TransportStop = TimeSpan.FromSeconds(4.4);
    private static readonly TimeSpan TransportStart = TimeSpan.FromSeconds(5.2);
    private static readonly TimeSpan OtherStop = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan OtherStart = TimeSpan.FromSeconds(1.8);

    private readonly Dictionary<WindowsService, List<(DateTimeOffset From, ServiceStatus Status)>> _plan = [];
    private readonly Dictionary<WindowsService, ServiceStartType> _startTypes = [];

    public ServiceTable(DateTimeOffset since)
    {
        foreach (var service in WindowsService.Watched)
        {
            _plan[service] = [(since, ServiceStatus.Running)];
            _startTypes[service] = ServiceStartType.Automatic;
        }
    }

    public ServiceStatus Status(WindowsService service, DateTimeOffset now) => _plan.TryGetValue(service, out var plan)
        ? plan.LastOrDefault(step => step.From <= now, plan[0]).Status
        : ServiceStatus.Unknown;

    /// <summary>Since when the service is in its present status.</summary>
    public DateTimeOffset Since(WindowsService service, DateTimeOffset now) =>
        _plan[service].LastOrDefault(step => step.From <= now, _plan[service][0]).From;

    public ServiceStartType StartType(WindowsService service) => _startTypes.GetValueOrDefault(service);

    public void SetStartType(WindowsService service, ServiceStartType startType) => _startTypes[service] = startType;

    /// <summary>Instants after <paramref name="from"/> and not after <paramref name="to"/> at which a service changes its status.</summary>
    public IEnumerable<DateTimeOffset> Changes(DateTimeOffset from, DateTimeOffset to) =>
        _plan.Values.SelectMany(plan => plan.Select(step => step.From)).Where(at => at > from && at <= to);

    public ServiceResult Start(WindowsService service, DateTimeOffset now) =>
        !_plan.ContainsKey(service) ? new ServiceResult.NoSuchService()
        : StartType(service) == ServiceStartType.Disabled ? new ServiceResult.Disabled()
        : new ServiceResult.Done(PlanStart(service, now));

    public ServiceResult Stop(WindowsService service, DateTimeOffset now) =>
        _plan.ContainsKey(service) ? new ServiceResult.Done(PlanStop(service, now)) : new ServiceResult.NoSuchService();

    /// <summary>Stops the service after those that need it, starts it again, and then those that ran before.</summary>
    public ServiceResult Restart(WindowsService service, DateTimeOffset now)
    {
        if (!_plan.ContainsKey(service))
            return new ServiceResult.NoSuchService();
        if (StartType(service) == ServiceStartType.Disabled)
            return new ServiceResult.Disabled();
        var ranBefore = Dependents(service).Where(dependent => Status(dependent, now) == ServiceStatus.Running).ToList();
        var until = PlanStart(service, PlanStop(service, now));
        foreach (var dependent in ranBefore)
            until = PlanStart(dependent, until);
        return new ServiceResult.Done(until);
    }

    /// <summary>The service ends by itself and the service control manager starts it again (System event 7031).</summary>
    public void Bounce(WindowsService service, TimeSpan restartAfter, DateTimeOffset now)
    {
        if (Status(service, now) != ServiceStatus.Running)
            return;
        Enter(service, ServiceStatus.Stopped, now);
        PlanStart(service, now + restartAfter);
    }

    private DateTimeOffset PlanStop(WindowsService service, DateTimeOffset now)
    {
        foreach (var dependent in Dependents(service))
            now = PlanStop(dependent, now);
        if (Status(service, now) == ServiceStatus.Stopped)
            return now;
        Enter(service, ServiceStatus.StopPending, now);
        var stopped = now + (service == WindowsService.Transport ? TransportStop : OtherStop);
        Enter(service, ServiceStatus.Stopped, stopped);
        return stopped;
    }

    private DateTimeOffset PlanStart(WindowsService service, DateTimeOffset now)
    {
        foreach (var needed in Needs(service))
            now = PlanStart(needed, now);
        if (Status(service, now) == ServiceStatus.Running)
            return now;
        Enter(service, ServiceStatus.StartPending, now);
        var running = now + (service == WindowsService.Transport ? TransportStart : OtherStart);
        Enter(service, ServiceStatus.Running, running);
        return running;
    }

    // What was planned for later is overtaken by what is done now.
    private void Enter(WindowsService service, ServiceStatus status, DateTimeOffset at)
    {
        var plan = _plan[service];
        plan.RemoveAll(step => step.From >= at);
        plan.Add((at, status));
    }

    private static IReadOnlyList<WindowsService> Needs(WindowsService service) =>
        service == WindowsService.Transport ? [WindowsService.ActiveDirectoryTopology, WindowsService.Filtering]
        : service == WindowsService.ActiveDirectoryTopology || service == WindowsService.Filtering ? []
        : [WindowsService.ActiveDirectoryTopology];

    private static IEnumerable<WindowsService> Dependents(WindowsService service) =>
        WindowsService.Watched.Where(other => Needs(other).Contains(service));
}
