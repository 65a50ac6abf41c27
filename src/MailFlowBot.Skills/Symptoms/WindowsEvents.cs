using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Windows events, keyed by source and id together: 7009 of MSExchangeTransport is a component state, 7009 of the Service Control
/// Manager is an unrelated start timeout. Read as Event Viewer, Get-WinEvent, exported XML and people print them, in all display
/// languages that were seen.
/// </summary>
internal static partial class WindowsEvents
{
    // An event as pasted spans a few lines; a source further away belongs to another one.
    private const int Near = 300;

    public static void Read(NormalizedText text, SignalList signals)
    {
        var sources = new List<(int Index, int Length, string Name)>();
        foreach (Match match in Source().Matches(text.Text))
        {
            var name = Canonical(match.Value);
            sources.Add((match.Index, match.Length, name));
            signals.Add("source", name, match.Index, match.Length);
        }

        var next = 0;
        foreach (Match match in Id().Matches(text.Text))
        {
            while (next < sources.Count && sources[next].Index < match.Index)
                next++;
            var before = next > 0 ? sources[next - 1] : default;
            var after = next < sources.Count ? sources[next] : default;
            var gapBefore = before.Name is null ? int.MaxValue : match.Index - before.Index - before.Length;
            var gapAfter = after.Name is null ? int.MaxValue : after.Index - match.Index - match.Length;
            var source = Math.Min(gapBefore, gapAfter) > Near ? null : gapBefore <= gapAfter ? before.Name : after.Name;
            foreach (Capture id in match.Groups["id"].Captures)
            {
                var number = id.Value.TrimStart('0');
                if (number.Length > 0)
                    signals.Add("event", source is null ? number : $"{source}/{number}", match.Index, match.Length);
            }
        }

        foreach (Match match in Bare().Matches(text.Text))
            signals.Add("event", $"{Canonical(match.Groups["source"].Value)}/{match.Groups["id"].Value}", match.Index, match.Length);
    }

    // Blanks, hyphens and case vary between Event Viewer, documentation and people; the spelling here is the registered one.
    private static string Canonical(string source)
    {
        var compact = source.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return compact switch
        {
            "msexchangetransport" => "MSExchangeTransport",
            "msexchangetransportservice" => "MSExchange TransportService",
            "msexchangefrontendtransport" => "MSExchangeFrontEndTransport",
            "servicecontrolmanager" or "dienststeuerungsmanager" or "gestionnairedecontroledesservices" => "Service Control Manager",
            "msexchangecommon" => "MSExchange Common",
            "msexchangeextensibility" => "MSExchange Extensibility",
            "msexchangemessagingpolicies" => "MSExchange Messaging Policies",
            "msexchangeantimalware" => "MSExchange Antimalware",
            "msexchangeedgesync" => "MSExchange EdgeSync",
            "msexchangemailsubmission" => "MSExchangeMailSubmission",
            "msexchangeis" or "msexchangeismailboxstore" or "msexchangeismailbox" => "MSExchangeIS",
            "msexchangerepl" => "MSExchangeRepl",
            "msexchangesa" => "MSExchangeSA",
            "msexchangemta" => "MSExchangeMTA",
            "msexchangedsaccess" => "MSExchangeDSAccess",
            "fipfs" or "microsoftfilteringfipfs" => "FIPFS",
            "ese" or "esent" => "ESE",
            "schannel" => "Schannel",
            "smtpsvc" => "SMTPSVC",
            "kerberos" or "securitykerberos" => "Kerberos",
            _ => source,
        };
    }

    private const string Sources =
        @"MSExchange ?(?:Front ?End ?Transport|Transport ?Service|Transport|Common|Extensibility|Messaging Policies"
        + @"|Antimalware|Edge ?Sync"
        + @"|Mail ?Submission|IS(?: Mailbox(?: Store)?)?|Repl|SA|MTA|DSAccess|ADAccess|AL|MU)"
        + @"|Service Control Manager|Dienststeuerungs-?Manager|(?:Microsoft-Filtering-)?FIP-?FS|Schannel|ESENT|ESE|SMTPSVC|(?:Security-)?Kerberos";

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?:" + Sources + @")(?![A-Za-z0-9/])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Source();

    // A list ("events 7031 and 7034", "15004/15006") is one match with several ids.
    [GeneratedRegex(
        @"(?:\bevent(?:s|[ \-]?ids?)?|イベント ?(?:id)?|\bereignis(?:se|-?ids?)?|\bid\.? (?:del evento|de evento|sự kiện"
        + @"|d'événement|de l'événement)"
        + @"|\bidentificador de evento|\bevento|\bévénement|事件 ?(?:id|标识|編號|编号)?|이벤트 ?id|(?m:^) ?id"
        + @"|<EventID(?: [^>]{0,40})?>|\bInstanceId)"
        + @"[ :=#\-""]{0,3}(?<id>\d{2,5})(?![\d.]*\d)(?:(?: ?[,/、] ?| and | or | und | et | y | と "
        + @"|,? and )(?<id>\d{3,5})(?![\d.:]*\d)){0,6}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Id();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?<source>" + Sources + @")"
        + @"[ ,;:#()\[\]\-/]{1,4}(?:(?:event|error|warning|fehler|errors?|エラー"
        + @"|イベント)[ :]{1,2})?(?:の ?)?(?<id>\d{4,5})(?![\d.:/]*\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Bare();
}
