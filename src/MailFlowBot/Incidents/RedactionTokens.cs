using System.Buffers;
using System.Text.RegularExpressions;

namespace MailFlowBot.Incidents;

/// <summary>Secrets that show themselves by their shape, whatever stands before them.</summary>
internal static partial class RedactionTokens
{
    private const string Begin = "-----BEGIN ";

    /// <summary>A PKCS #8 key of RSA 16384 fits; what is longer is not one key.</summary>
    private const int LongestKey = 16 * 1024;

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    public static void Find(string text, List<RedactedPart> found)
    {
        foreach (var match in Shapes.EnumerateMatches(text))
            found.Add(new RedactedPart(match.Index, match.Index + match.Length, RedactedKind.Secret));
        foreach (var match in Schemes.EnumerateMatches(text))
            FindCredential(text, match.Index, match.Index + match.Length, found);
        foreach (var match in Userinfo.EnumerateMatches(text))
        {
            var start = text.IndexOf(':', match.Index + 3) + 1;
            found.Add(new RedactedPart(start, match.Index + match.Length - 1, RedactedKind.Secret));
        }

        FindPrivateKeys(text, found);
    }

    // Of "Bearer x" only x is masked. Without a digit it is prose: "basic troubleshooting".
    private static void FindCredential(string text, int start, int end, List<RedactedPart> found)
    {
        while (text[start] is not (' ' or '\t'))
            start++;
        start = RedactionText.SkipBlanks(text, start);
        if (text.AsSpan(start, end - start).ContainsAnyInRange('0', '9'))
            found.Add(new RedactedPart(start, end, RedactedKind.Secret));
    }

    // RFC 7468. Without an end the lines that look like base64 are taken: a paste that was cut is as bad as a whole one.
    private static void FindPrivateKeys(string text, List<RedactedPart> found)
    {
        var at = 0;
        while ((at = text.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0)
        {
            var label = RedactionText.LineEnd(text, at, 64);
            if (text.AsSpan(at, label - at).IndexOf("PRIVATE KEY") < 0)
            {
                at += Begin.Length;
                continue;
            }

            var end = text.IndexOf("-----END ", at, Math.Min(LongestKey, text.Length - at), StringComparison.Ordinal);
            end = end >= 0 ? EndOfLabel(text, end) : EndOfBase64(text, label);
            found.Add(new RedactedPart(at, end, RedactedKind.Secret));
            at = end;
        }
    }

    private static int EndOfLabel(string text, int end)
    {
        var name = end + "-----END ".Length;
        var dashes = text.AsSpan(name, Math.Min(64, text.Length - name)).IndexOf("-----");
        return dashes < 0 ? RedactionText.LineEnd(text, end, 64) : name + dashes + 5;
    }

    private static int EndOfBase64(string text, int at)
    {
        while (at < text.Length)
        {
            var line = RedactionText.NextLine(text, at);
            var end = RedactionText.LineEnd(text, line);
            if (text.AsSpan(line, end - line).Trim().ContainsAnyExcept(Base64))
                return at;
            at = end == at ? text.Length : end;
        }

        return at;
    }

    // JSON web tokens, keys of AWS, GitHub, Slack and Google, client secrets of Entra, incoming webhooks of Teams. No \b: Japanese letters
    // are word characters too, and a key may follow one directly.
    [GeneratedRegex(
        """
        eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,3}
        |(AKIA|ASIA)[A-Z0-9]{16}
        |gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}
        |xox[abeoprs]-[A-Za-z0-9-]{10,}
        |AIza[A-Za-z0-9_-]{35}
        |[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}
        |https://[A-Za-z0-9.-]+\.webhook\.office\.com/[^\s"'<>]+
        """,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shapes { get; }

    // RFC 9110 11.6.2 and the schemes that Exchange offers.
    [GeneratedRegex(
        "(bearer|basic|negotiate|ntlm)[ \t]+[A-Za-z0-9+/._~=-]{16,}",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Schemes { get; }

    [GeneratedRegex(@"://[^\s/:@]{1,64}:[^\s/@]{1,256}@", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Userinfo { get; }
}
