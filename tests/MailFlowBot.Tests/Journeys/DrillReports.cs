using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.Journeys;

/// <summary>
/// What people report in each drill. Those of organisation B are about what no endpoint tells, so each says it in words of its own, and
/// what they say decides which cause comes first.
/// </summary>
internal static class DrillReports
{
    /// <summary>Answer of Get-ADPermission about the server object: one right denied, the others allowed.</summary>
    public static string DeniedEntries { get; } = string.Concat(
        Entry("ms-Exch-Store-Constrained-Delegation"),
        Entry("ms-Exch-Store-Read-Write-Access"),
        Entry("ms-Exch-Store-Read-Access", deny: true),
        Entry("ms-Exch-Store-Transport-Access"));

    private static readonly Dictionary<string, (string English, string Japanese, string Cause)> OfOrganizationB = new()
    {
        ["smtp-verbs"] = (
            "OLD03: outbound mail vanishes since IIS was reinstalled, telnet to port 25 shows that X-LINK2STATE and XEXCH50 are missing",
            "OLD03: IIS を入れ直してからメールが消えます。ポート 25 の EHLO に X-LINK2STATE と XEXCH50 がありません",
            "smtp-verbs.headline"),
        ["legacy-routing-permissions"] = (
            "HUB07: mail to Exchange 2003 sits in the Unreachable queue: There is currently no route to the mailbox database.",
            "HUB07 の Unreachable キューに Exchange 2003 宛のメールがたまっています",
            "legacy-routing.headline-store-not-visible"),
        ["legacy-routing-hierarchy"] = (
            "HUB07: The mailbox recipient does not have a mailbox database",
            "HUB07 から Exchange 2003 宛のメールが Unreachable キューに残り、The mailbox recipient does not have a mailbox database と表示されます",
            "legacy-routing.headline-hierarchies"),
        ["legacy-routing-deny"] = (
            "HUB07: MapiDelivery Ready, 430 4.2.0 STOREDRV; mailbox logon failure",
            "HUB07 の MapiDelivery キューが Ready のまま減りません。430 4.2.0 STOREDRV; mailbox logon failure と出ます",
            "legacy-routing.headline-store-rights"),
    };

    public static string For(Drill drill, string language) => OfOrganizationB.TryGetValue(drill.Name, out var own)
        ? language == "ja" ? own.Japanese : own.English
        : language == "ja"
            ? $"{drill.Server?.Value ?? "EX03"} のユーザーのメールが送信トレイに残ります。telnet では ４１２ ４.３.２ Service not active です"
            : $"users on {drill.Server?.Value ?? "EX03"} say mail stays in Outbox, telnet gives 412 4.3.2 Service not active";

    /// <summary>Headline of the first finding; null where its class says enough.</summary>
    public static string? Cause(Drill drill) => OfOrganizationB.TryGetValue(drill.Name, out var own) ? own.Cause : null;

    private static string Entry(string right, bool deny = false) =>
        $"Identity       : HUB07\nUser           : CORP\\Exchange Servers\nDeny           : {deny}\nIsInherited    : False\n"
        + $"AccessRights   : {{ExtendedRight}}\nExtendedRights : {{{right}}}\n\n";
}
