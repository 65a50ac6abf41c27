using System.Globalization;
using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Windows events, keyed by source and id together: 7009 of MSExchangeTransport is a component state, 7009 of the Service Control
/// Manager
/// is an unrelated start timeout.
/// </summary>
internal static partial class WindowsEvents
{
    // An event as pasted spans a few lines; a source further away belongs to another one.
    private const int Near = 300;

    public static void Read(NormalizedText text, SignalList signals)
    {
        var sources = Source().Matches(text.Text)
            .Select(match => (match.Index, match.Length, Name: Canonical(match.Value)))
            .ToList();
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
            var id = int.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            signals.Add("event", source is null ? id : $"{source}/{id}", match.Index, match.Length);
        }

        foreach (Match match in Bare().Matches(text.Text))
            signals.Add("event", $"{Canonical(match.Groups["source"].Value)}/{match.Groups["id"].Value}", match.Index, match.Length);
    }

    private static string Canonical(string source)
    {
        var compact = source.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return compact switch
        {
            "msexchangetransport" => "MSExchangeTransport",
            "msexchangefrontendtransport" => "MSExchangeFrontEndTransport",
            "servicecontrolmanager" => "Service Control Manager",
            "msexchangecommon" => "MSExchange Common",
            "msexchangeextensibility" => "MSExchange Extensibility",
            "msexchangemessagingpolicies" => "MSExchange Messaging Policies",
            "msexchangemailsubmission" => "MSExchangeMailSubmission",
            "msexchangeis" => "MSExchangeIS",
            "fipfs" => "FIPFS",
            _ => source,
        };
    }

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?:MSExchange ?Front ?End ?Transport|MSExchange ?Transport|Service Control Manager|MSExchange Common"
        + @"|MSExchange Extensibility|MSExchange Messaging Policies|MSExchangeMailSubmission|MSExchangeIS|FIP-?FS)(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Source();

    [GeneratedRegex(
        @"(?:event(?:s|[ \-]?id)?|eventid|イベント ?(?:id)?|ereignis(?:-id)?"
        + @"|id\.? (?:del evento|sự kiện)|事件 ?id|(?m:^) ?id)[ :=#\-]{0,3}(?<id>\d{3,5})(?![\d.]*\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Id();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?<source>MSExchange ?Front ?End ?Transport|MSExchange ?Transport|Service Control Manager|FIP-?FS)"
        + @"[ ,;:#()\-]{1,4}(?:event )?(?<id>\d{4,5})(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Bare();
}
