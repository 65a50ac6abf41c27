using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Component names, their states and requesters, as Get-ServerComponentState prints them and as people say them, and the cmdlets
/// themselves.
/// </summary>
internal static partial class ComponentStates
{
    public static void Read(NormalizedText text, SignalList signals)
    {
        foreach (Match match in Component().Matches(text.Text))
        {
            var name = Name(match.Groups["name"].Value);
            signals.Add("component", name, match.Groups["name"].Index, match.Groups["name"].Length);
            if (match.Groups["state"] is { Success: true } state && State(state.Value) is { } read)
                signals.Add("component-state", $"{name}={read}", match.Index, match.Length);
        }

        foreach (Match match in RequesterName().Matches(text.Text))
            signals.Add("requester", Requester(match.Groups["name"].Value), match.Index, match.Length);
        foreach (Match match in Cmdlet().Matches(text.Text))
            signals.Add("cmdlet", match.Value.ToLowerInvariant(), match.Index, match.Length);
        foreach (Match match in AnyCmdlet().Matches(text.Text))
        {
            var ours = TransportNoun().IsMatch(match.Groups["noun"].ValueSpan);
            signals.Add(ours ? "cmdlet" : "other-cmdlet", match.Value.ToLowerInvariant(), match.Index, match.Length);
        }

        foreach (Match match in ProxyComponent().Matches(text.Text))
            signals.Add("component-state", $"{match.Groups["name"].Value}={State(match.Groups["state"].Value)}", match.Index, match.Length);
    }

    private static string Name(string typed) => Compact(typed) switch
    {
        "hubtransport" or "ハブトランスポート" => "HubTransport",
        "frontendtransport" or "フロントエンドトランスポート" => "FrontendTransport",
        "edgetransport" => "EdgeTransport",
        "serverwideoffline" => "ServerWideOffline",
        "mailboxdeliveryproxy" => "MailboxDeliveryProxy",
        "recoveryactionsenabled" => "RecoveryActionsEnabled",
        _ => typed,
    };

    private static string? State(string typed) => Compact(typed) switch
    {
        "inactive" or "notactive" or "非アクティブ" or "アクティブではな" or "アクティブでな" or "inaktiv" => "Inactive",
        "draining" or "ドレイン" => "Draining",
        "active" or "アクティブ" or "aktiv" => "Active",
        _ => null,
    };

    private static string Requester(string typed) => typed.ToLowerInvariant() switch
    {
        "functional" => "Functional",
        "maintenance" => "Maintenance",
        "healthapi" => "HealthAPI",
        "sidelined" => "Sidelined",
        _ => "Deployment",
    };

    private static string Compact(string typed) => typed.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    // The state may follow on the same line after the words that join them; a list of several components does not pass for one.
    [GeneratedRegex(
        @"(?<![A-Za-z])(?<name>Hub ?Transport|Front ?End ?Transport|EdgeTransport|Server ?Wide ?Offline|MailboxDeliveryProxy"
        + @"|RecoveryActionsEnabled|ハブ ?トランスポート|フロント ?エンド ?トランスポート)(?![A-Za-z])"
        + @"(?:(?:[ :=|,\-]|の|が|は|に|も|component|コンポーネント|service|state|status|状態|is|are|was|stays|remains|shows|still|to"
        + @"|set){0,12}?"
        + @"(?<state>not active|inactive|draining|active|非アクティブ|アクティブではな|アクティブでな|アクティブ|ドレイン|inaktiv|aktiv)(?![A-Za-z]))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Component();

    // Client access components are states of the same kind; they say nothing about mail, so only a printed state counts.
    [GeneratedRegex(
        @"(?<![A-Za-z])(?<name>UMCallRouter|ImapProxy|PopProxy|OwaProxy|EwsProxy|OabProxy|EcpProxy|ActiveSyncProxy"
        + @"|AutoDiscoverProxy|RpsProxy|RpcProxy|XropProxy|MapiProxy|Monitoring|SharedCache|HighAvailability)"
        + @"[ :=,]{1,3}(?<state>Inactive|Draining|Active)(?![A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex ProxyComponent();

    // Written as the shell writes it: a verb of the shell and a noun in capitals, so that "set-up" is none.
    [GeneratedRegex(
        @"(?<![A-Za-z\-])(?:Get|Set|Test|New|Remove|Start|Stop|Restart|Resume|Suspend|Retry|Redirect|Export|Import|Enable"
        + @"|Disable|Add|Mount|Dismount|Move|Update|Reset|Search|Install|Uninstall)-(?<noun>[A-Z][A-Za-z]{3,40})(?![A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex AnyCmdlet();

    // What the cmdlets of this catalogue work on; the rest of the shell is about something else.
    [GeneratedRegex(
        @"\A(?:Queue|Message\z|MessageTracking|Mailflow|Transport|FrontendTransport|MailboxTransport|Receive|Send"
        + @"|Connector|Foreign|ExchangeCert|Edge|ServerComp|ServiceHealth"
        + @"|ServerHealth|HealthReport|MailboxDatabase|MailboxServer|Database|DagServer|Malware|Antimalware|Engine"
        + @"|ScanEngine|AcceptedDomain|RemoteDomain|ExchangeServer"
        + @"|ExchangeDiagnostic|RoutingGroup|ADPermission|ADSite|Service\z|ContentFilter|IPBlock|Sender|Recipient.*Filter"
        + @"|ClusterNode|Event|WinEvent|NetworkConn|SmtpConn|ResubmitRequest|NetConnection|Dns)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex TransportNoun();

    [GeneratedRegex(
        @"(?:request[eo]r|要求元|リクエスター?)[ :=\-""']{0,4}(?<name>functional|maintenance|healthapi|sidelined|deployment)(?![A-Za-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex RequesterName();

    [GeneratedRegex(
        @"(?<![A-Za-z\-])(?:get|set|test|start|stop|restart|redirect|retry|enable|disable|new)-"
        + @"(?:ServerComponentStates?|Queue|QueueDigest|Mailflow|ServiceHealth|ReceiveConnector|SendConnector"
        + @"|TransportAgent|ExchangeCertificate"
        + @"|EdgeSynchronization|DagServerMaintenance|ServerHealth|HealthReport|Message)(?![A-Za-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Cmdlet();
}
