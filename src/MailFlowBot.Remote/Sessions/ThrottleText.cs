using System.Globalization;
using System.Text.RegularExpressions;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The wait that Exchange and WinRM ask for when a load quota is used up. It stands only in a sentence ("... of X requests per Y seconds
/// ... will not be approved for Z milliseconds"), in the language of the server.
/// </summary>
internal static partial class ThrottleText
{
    // A wait of more than this is no throttling any more; the text is foreign, and nobody shall be made to wait for a day.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly string[] QuotaWords =
        ["quota", "budget", "throttl", "approved", "クォータ", "割り当て", "調整", "承認", "Kontingent", "cuota", "quote", "配额", "할당량", "квот"];

    /// <summary>Null when the text asks for no wait.</summary>
    public static TimeSpan? Wait(string? text)
    {
        if (string.IsNullOrEmpty(text) || !Array.Exists(QuotaWords, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return null;
        var match = Milliseconds().Match(text);
        return match.Success ? Read(match.Groups["wait"].ValueSpan) : null;
    }

    /// <summary>The same for an error of a cmdlet, whose type says it in every language.</summary>
    public static TimeSpan? Wait(ErrorRecord error)
    {
        if (Wait(error.Message) is { } wait)
            return wait;
        var isThrottle = error.Category is ErrorCategory.LimitsExceeded or ErrorCategory.QuotaExceeded
            || error.Reason.Contains("OverBudget", StringComparison.OrdinalIgnoreCase)
            || error.FullyQualifiedErrorId.Contains("OverBudget", StringComparison.OrdinalIgnoreCase);
        var match = isThrottle ? Milliseconds().Match(error.Message) : Match.Empty;
        return match.Success ? Read(match.Groups["wait"].ValueSpan) : null;
    }

    private static TimeSpan? Read(ReadOnlySpan<char> digits)
    {
        Span<char> bare = stackalloc char[digits.Length];
        var count = 0;
        foreach (var c in digits)
        {
            if (char.IsAsciiDigit(c))
                bare[count++] = c;
        }

        if (!long.TryParse(bare[..count], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return null;
        return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
    }

    // Digits, perhaps grouped, right before the unit in the languages of Windows Server.
    [GeneratedRegex(
        @"(?<wait>\d{1,3}(?:[.,'\u2019\u00A0\u202F ]\d{3}){1,3}|\d{1,12})\s*(?:milli\p{L}*|mili\p{L}*|msec|ms\b|ミリ秒|毫秒|밀리초|милли\p{L}*|мс\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Milliseconds();
}
