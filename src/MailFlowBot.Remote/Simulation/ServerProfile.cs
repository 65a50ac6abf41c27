using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What does not change about a simulated server.</summary>
/// <param name="Version">AdminDisplayVersion.</param>
/// <param name="SetupBuild">File version of ExSetup: a security update raises its revision and leaves AdminDisplayVersion as it was.</param>
/// <param name="UsersPerMinute">Messages that the users of its databases send in a minute.</param>
internal sealed record ServerProfile(
    ServerName Name, string Version, string SetupBuild, string Site, string? Dag, string Database, double UsersPerMinute)
{
    public const string Domain = "corp.example";

    /// <summary>Has the remote shell and the component states of Exchange 2013 and later.</summary>
    public bool IsModern { get; init; } = true;

    /// <summary>ServerRole as Get-ExchangeServer tells it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["Mailbox"];

    public string Fqdn => $"{Name}.{Domain}";

    /// <summary>Organisation A: two servers in one DAG at headquarters, one server alone in a branch.</summary>
    public static IReadOnlyList<ServerProfile> OrganizationA { get; } =
    [
        new(new("EX01"), "Version 15.2 (Build 2562.17)", "15.02.2562.017", "HQ", "DAG1", "DB01", 9),
        new(new("EX02"), "Version 15.2 (Build 2562.17)", "15.02.2562.017", "HQ", "DAG1", "DB02", 7.5),
        new(new("EX03"), "Version 15.2 (Build 1544.4)", "15.02.1544.036", "BRANCH", null, "DB03", 3),
    ];

    /// <summary>Organisation B: a hub of 2007 that routes to a server of 2003.</summary>
    public static IReadOnlyList<ServerProfile> OrganizationB { get; } =
    [
        new(new("HUB07"), "Version 8.3 (Build 83.6)", "08.03.0083.006", "HQ", null, "-", 0) { IsModern = false, Roles = ["HubTransport"] },
        new(new("OLD03"), "Version 6.5 (Build 7638.2: Service Pack 2)", "06.05.7638.002", "HQ", null, "-", 0) { IsModern = false, Roles = ["None"] },
    ];

    public static IReadOnlyList<ServerProfile> Of(SimulatedForest forest) => forest == SimulatedForest.B ? OrganizationB : OrganizationA;

    /// <summary>Servers that take over each other's submission: those of the DAG, else of the site.</summary>
    public bool SharesLoadWith(ServerProfile other) =>
        Dag is not null ? Dag == other.Dag : other.Dag is null && Site == other.Site;
}
