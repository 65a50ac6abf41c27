using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.Journeys;

/// <summary>What is special about the reports of organisation B: what no endpoint tells must be said, and decides which cause comes first.</summary>
internal static class DrillReports
{
    /// <summary>Answer of Get-ADPermission about the server object: one right denied, the others allowed.</summary>
    public static string DeniedEntries { get; } = string.Concat(
        Entry("ms-Exch-Store-Constrained-Delegation"),
        Entry("ms-Exch-Store-Read-Write-Access"),
        Entry("ms-Exch-Store-Read-Access", deny: true),
        Entry("ms-Exch-Store-Transport-Access"));

    private static readonly Dictionary<string, string> Causes = new()
    {
        ["smtp-verbs"] = "smtp-verbs.headline",
        ["legacy-routing-permissions"] = "legacy-routing.headline-store-not-visible",
        ["legacy-routing-hierarchy"] = "legacy-routing.headline-hierarchies",
        ["legacy-routing-deny"] = "legacy-routing.headline-store-rights",
    };

    /// <summary>Headline of the first finding; null where its class says enough.</summary>
    public static string? Cause(Drill drill) => Causes.GetValueOrDefault(drill.Name);

    private static string Entry(string right, bool deny = false) =>
        $"Identity       : HUB07\nUser           : CORP\\Exchange Servers\nDeny           : {deny}\nIsInherited    : False\n"
        + $"AccessRights   : {{ExtendedRight}}\nExtendedRights : {{{right}}}\n\n";
}
