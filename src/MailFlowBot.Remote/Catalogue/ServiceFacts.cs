namespace MailFlowBot.Remote.Catalogue;

/// <summary>A role as Test-ServiceHealth judges it. FrontEndTransport and FMS stand in none of its lists.</summary>
public sealed record RoleHealth(
    string Role, bool RequiredServicesRunning, IReadOnlyList<string> ServicesRunning, IReadOnlyList<string> ServicesNotRunning);

/// <summary>Paths: <c>ROLE/running</c>.</summary>
public sealed record ServiceHealthFact(ServerName Server, IReadOnlyList<RoleHealth> Roles) : Fact
{
    public override string? Value(string path)
    {
        var (role, part) = Split(path);
        return part == "running" && Roles.FirstOrDefault(health => health.Role.Equals(role, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Text(found.RequiredServicesRunning)
            : null;
    }
}

/// <summary>A service as the Windows endpoint shows it.</summary>
public sealed record ServiceReading(WindowsService Service, ServiceStatus Status, ServiceStartType StartType);

/// <summary>Paths: <c>SERVICE/status</c>, <c>SERVICE/startType</c>.</summary>
public sealed record ServicesFact(ServerName Server, IReadOnlyList<ServiceReading> Services) : Fact
{
    public ServiceReading? Find(WindowsService service) => Services.FirstOrDefault(reading => reading.Service == service);

    public override string? Value(string path)
    {
        var (name, part) = Split(path);
        return Find(new WindowsService(name)) is not { } reading ? null
            : part == "status" ? reading.Status.ToString()
            : part == "startType" ? reading.StartType.ToString()
            : null;
    }
}
