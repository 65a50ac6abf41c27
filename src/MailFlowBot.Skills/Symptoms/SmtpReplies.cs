using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// SMTP replies with an enhanced status code (RFC 3463). The code is taken as typed: KB 2866822 prints the misread 412 4.3.2,
/// once even
/// as 412.4.3.2.
/// </summary>
internal static partial class SmtpReplies
{
    public static void Read(NormalizedText text, SignalList signals)
    {
        foreach (Match match in Reply().Matches(text.Text))
        {
            signals.Add(
                "smtp-reply", $"{match.Groups["code"].ValueSpan} {match.Groups["enhanced"].ValueSpan}", match.Index, match.Length);
        }

        foreach (Match match in Enhanced().Matches(text.Text))
            signals.Add("enhanced-code", match.Value, match.Index, match.Length);
        foreach (Match match in Report().Matches(text.Text))
            signals.Add("ndr", match.Groups["code"].Value, match.Index, match.Length);
        foreach (Match match in Bare().Matches(text.Text))
            signals.Add("smtp-code", match.Groups["code"].Value, match.Groups["code"].Index, 3);
    }

    // Four and five hundreds only: nothing else is a complaint, and a 2xx with dots may be an address.
    [GeneratedRegex(
        @"(?<![\d.])(?<code>[45]\d\d)[ \-.,;:#'""()b]{1,4}(?<enhanced>[45]\.\d{1,3}\.\d{1,3})(?!\d)",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Reply();

    // A non-delivery report prints #5.0.0, #550 5.1.1 or #<#5.1.1 smtp;...>.
    [GeneratedRegex(@"#[ <#]{0,4}(?:[45]\d\d )?(?<code>[45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Report();

    // A reply without an enhanced code, as servers before RFC 3463 and careless people write it.
    [GeneratedRegex(
        @"(?<![\d.,:/\-+#$])(?<code>421|441|450|451|452|454|530|535|550|551|552|553|554)(?=[ \-][ ""'<(]?[A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Enhanced();
}
