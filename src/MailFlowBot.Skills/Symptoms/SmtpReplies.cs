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
    }

    // Four and five hundreds only: nothing else is a complaint, and a 2xx with dots may be an address.
    [GeneratedRegex(
        @"(?<![\d.])(?<code>[45]\d\d)[ \-.,;:#'""()b]{1,4}(?<enhanced>[45]\.\d{1,3}\.\d{1,3})(?!\d)",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Reply();

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Enhanced();
}
