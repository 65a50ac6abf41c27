namespace MailFlowBot.Remote.Catalogue;

/// <summary>A health set of managed availability.</summary>
/// <param name="AlertValue">Healthy, Unhealthy, Degraded, Repairing, Disabled, Unknown, as told.</param>
public sealed record HealthSetReading(string Name, string AlertValue, string? State, DateTimeOffset? LastTransition);

/// <summary>Get-HealthReport, limited to transport and mail flow. Paths: <c>SET/alert</c>.</summary>
public sealed record HealthReportFact(ServerName Server, IReadOnlyList<HealthSetReading> Sets) : Fact
{
    public override string? Value(string path)
    {
        var (name, part) = Split(path);
        return part == "alert" ? Sets.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.AlertValue : null;
    }
}

/// <summary>What managed availability did on a server of late (RecoveryActionResults): it may be restarting a service right now.</summary>
public sealed record RecoveryActionReading(string Action, string Target, DateTimeOffset At, string? Result);

/// <summary>Newest first. Paths: <c>count</c>.</summary>
public sealed record RecoveryActionsFact(ServerName Server, IReadOnlyList<RecoveryActionReading> Actions) : Fact
{
    public override string? Value(string path) =>
        path == "count" ? Actions.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
}
