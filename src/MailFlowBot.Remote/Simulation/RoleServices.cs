using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What Test-ServiceHealth looks at. Front End Transport and FMS are in none of its lists, as on real servers.</summary>
internal static class RoleServices
{
    private static readonly IReadOnlyList<(string Role, string[] Services)> Roles =
    [
        ("Mailbox Server Role",
        [
            "IISAdmin", "MSExchangeADTopology", "MSExchangeDelivery", "MSExchangeIS", "MSExchangeMailboxAssistants", "MSExchangeRepl",
            "MSExchangeRPC", "MSExchangeServiceHost", "MSExchangeSubmission", "MSExchangeThrottling", "MSExchangeTransportLogSearch",
            "W3Svc", "WinRM",
        ]),
        ("Client Access Server Role",
        [
            "IISAdmin", "MSExchangeADTopology", "MSExchangeMailboxReplication", "MSExchangeRPC", "MSExchangeServiceHost", "W3Svc", "WinRM",
        ]),
        ("Hub Transport Server Role",
        [
            "IISAdmin", "MSExchangeADTopology", "MSExchangeEdgeSync", "MSExchangeServiceHost", "MSExchangeTransport",
            "MSExchangeTransportLogSearch", "W3Svc", "WinRM",
        ]),
    ];

    public static IEnumerable<RoleHealth> Health(ServicesFact services) => Roles.Select(role =>
    {
        // Services outside the simulation always run.
        var stopped = role.Services
            .Where(name => services.Find(new WindowsService(name)) is { Status: not ServiceStatus.Running })
            .ToList();
        return new RoleHealth(role.Role, stopped.Count == 0, [.. role.Services.Except(stopped)], stopped);
    });
}
