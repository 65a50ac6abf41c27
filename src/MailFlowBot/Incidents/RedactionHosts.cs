using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailFlowBot.Incidents;

/// <summary>
/// IPv4 and IPv6 addresses. Versions with four parts stay, and so do loopback, "any" and masks, which say something about a connector and
/// nothing about a client.
/// </summary>
internal static class RedactionHosts
{
    private static readonly SearchValues<char> Numeric = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly string[] VersionWords = ["version", "ver", "build", "バージョン", "ビルド", "版", "cu", "sp", "ru"];

    /// <summary>
    /// Builds of Exchange whose parts could all be octets (Microsoft: "Exchange Server build numbers and release dates").
    /// </summary>
    private static readonly string[] Builds =
    [
        "8.1.240.", "8.2.176.", "8.3.83.", "14.1.218.", "14.2.247.", "14.3.123.", "15.1.225.", "15.2.196.", "15.2.221.",
    ];

    public static void Find(string text, List<RedactedPart> found)
    {
        FindRuns(text, Numeric, Four, found);
        FindRuns(text, Hexadecimal, Six, found);
    }

    private static void FindRuns(
        string text, SearchValues<char> alphabet, Func<string, int, int, RedactedPart?> judge, List<RedactedPart> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny(alphabet);
            if (next < 0)
                return;
            at += next;
            var length = text.AsSpan(at).IndexOfAnyExcept(alphabet);
            var end = length < 0 ? text.Length : at + length;
            if (judge(text, at, end) is { } part)
                found.Add(part);
            at = end;
        }
    }

    private static RedactedPart? Four(string text, int start, int end)
    {
        while (end > start && text[end - 1] == '.')
            end--;
        while (start < end && text[start] == '.')
            start++;
        var run = text.AsSpan(start, end - start);
        if (run.Length is < 7 or > 15 || run.Count('.') != 3 || !IsFourOctets(run))
            return null;
        if (end < text.Length && char.IsAsciiLetter(text[end]))
            return null;
        if (run is "0.0.0.0" || run.StartsWith("127.") || run.StartsWith("255.") || IsVersion(text, start, run))
            return null;
        return Bracketed(text, start, end);
    }

    private static RedactedPart? Six(string text, int start, int end)
    {
        // RFC 5321 4.1.3 writes [IPv6:2001:db8::1]; the 6 is hexadecimal too.
        if (start >= 3 && end - start > 2 && text.AsSpan(start - 3, 5).Equals("IPv6:", StringComparison.OrdinalIgnoreCase))
            start += 2;
        else if (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is ']' or '_'))
            return null;
        while (end > start && text[end - 1] == '.')
            end--;
        if (end - start > 3 && text[end - 1] == ':' && text[end - 2] != ':')
            end--;
        var run = text.AsSpan(start, end - start);
        if (run.Length is < 3 or > 45 || run.Count(':') < 2 || (end < text.Length && char.IsAsciiLetterOrDigit(text[end])))
            return null;
        if (!IPAddress.TryParse(run, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        if (address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback))
            return null;
        if (end < text.Length && text[end] == '%')
        {
            end++;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
        }

        return Bracketed(text, start, end);
    }

    // [192.0.2.1] becomes [ip] and not [[ip]].
    private static RedactedPart Bracketed(string text, int start, int end) =>
        start > 0 && text[start - 1] == '[' && end < text.Length && text[end] == ']'
            ? new RedactedPart(start - 1, end + 1, RedactedKind.Host)
            : new RedactedPart(start, end, RedactedKind.Host);

    private static bool IsFourOctets(ReadOnlySpan<char> run)
    {
        foreach (var part in run.Split('.'))
        {
            var octet = run[part];
            if (octet.Length is 0 or > 3 || (octet.Length > 1 && octet[0] == '0'))
                return false;
            if (int.Parse(octet, CultureInfo.InvariantCulture) > 255)
                return false;
        }

        return true;
    }

    private static bool IsVersion(string text, int start, ReadOnlySpan<char> run)
    {
        if (start > 0 && text[start - 1] is 'v' or 'V')
            return true;
        foreach (var build in Builds)
        {
            if (run.StartsWith(build))
                return true;
        }

        var before = text.AsSpan(Math.Max(0, start - 40), start - Math.Max(0, start - 40)).TrimEnd(" \t:=(\"'");
        foreach (var word in VersionWords)
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase)
                && (word.Length > 2 || before.Length == word.Length || !char.IsAsciiLetter(before[before.Length - word.Length - 1])))
                return true;
        }

        return false;
    }
}
