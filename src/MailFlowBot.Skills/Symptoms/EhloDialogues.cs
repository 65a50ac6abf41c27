using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// What a server offered after EHLO: on the wire one verb a line (RFC 5321 section 4.1.1.1), in a protocol log all in one
/// line. Banner and
/// verbs together tell the missing extensions of Exchange 2000/2003 (KB 822939) from the missing STARTTLS of a later server.
/// </summary>
internal static partial class EhloDialogues
{
    // Fewer verbs are a quotation, and what is missing from a quotation says nothing.
    private const int EnoughVerbs = 5;

    private static readonly string[] ExtensionsOf2003 = ["X-EXPS", "X-LINK2STATE", "XEXCH50"];
    private static readonly string[] OnlyLater = ["X-ANONYMOUSTLS", "XRDST", "XSHADOW", "XSHADOWREQUEST", "XPROXY", "SMTPUTF8", "XOORG", "X-EXPS"];

    public static void Read(NormalizedText text, SignalList signals)
    {
        var banner = Banner().Match(text.Text);
        var old = false;
        if (banner.Success)
        {
            old = banner.Groups["version"].Success;
            signals.Add("banner", old ? $"ESMTP {banner.Groups["version"].Value}" : "ESMTP", banner.Index, banner.Length);
        }

        var verbs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int start = int.MaxValue, end = 0;
        foreach (Match match in Verb().Matches(text.Text))
        {
            verbs.Add(match.Groups["verb"].Value);
            (start, end) = (Math.Min(start, match.Index), match.Index + match.Length);
        }

        foreach (Match match in OneLine().Matches(text.Text))
        {
            foreach (var verb in match.Groups["verbs"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                verbs.Add(verb);
            (start, end) = (Math.Min(start, match.Index), Math.Max(end, match.Index + match.Length));
        }

        if (verbs.Count < EnoughVerbs)
            return;
        signals.Add("ehlo", "answer", start, end - start);
        if (old && !ExtensionsOf2003.Any(verbs.Contains))
            signals.Add("ehlo", "no-exchange-verbs", Math.Min(banner.Index, start), Math.Max(end, banner.Index + banner.Length) - Math.Min(banner.Index, start));
        if (!old && !verbs.Contains("STARTTLS") && OnlyLater.Any(verbs.Contains))
            signals.Add("ehlo", "no-starttls", start, end - start);
    }

    // 2000 and 2003 print the version of the Windows SMTP service; from 2007 on there is none.
    [GeneratedRegex(
        @"Microsoft ESMTP MAIL Service(?:, Version: (?<version>[56]\.\d{1,2}\.\d{1,5}\.\d{1,5}))?",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Banner();

    [GeneratedRegex(
        @"(?m:^) ?2[45]0[\- ](?<verb>[A-Za-z0-9][A-Za-z0-9\-]{2,30})(?=[ =\n]|\z)",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Verb();

    [GeneratedRegex(
        @"250 {1,2}[A-Za-z0-9.\-]{1,100} Hello \[[^\]\n]{1,60}\](?<verbs>(?: [A-Z0-9][A-Z0-9=\-]{1,30}){2,60})",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex OneLine();
}
