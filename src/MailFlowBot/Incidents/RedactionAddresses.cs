using System.Buffers;
using System.Globalization;

namespace MailFlowBot.Incidents;

/// <summary>Mail addresses (RFC 5321 4.1.2, with the letters of RFC 6531) and the X.500 addresses of Exchange recipients.</summary>
internal static class RedactionAddresses
{
    private const string Recipients = "/cn=Recipients/cn=";

    private static readonly SearchValues<char> LocalPart =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> DistinguishedNameEnd = SearchValues.Create(" \t\r\n\"';,<>@");

    private static readonly SearchValues<char> Literal = SearchValues.Create("0123456789abcdefABCDEFIPv.:");

    private static readonly SearchValues<char> VersionDigits = SearchValues.Create("0123456789.-_");

    public static void Find(string text, List<RedactedPart> found)
    {
        // https://user:password@host is no address.
        var secrets = found.Where(part => part.Kind == RedactedKind.Secret).Select(part => part.End).ToHashSet();
        var floor = 0;
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (secrets.Contains(at) || Around(text, at, floor) is not { } part)
                continue;
            found.Add(part);
            floor = part.End;
        }

        FindDistinguishedNames(text, found);
    }

    /// <summary>The address whose sign stands at <paramref name="at"/>; null when there is none around it.</summary>
    /// <param name="floor">Where the address may begin at the earliest.</param>
    public static RedactedPart? Around(string text, int at, int floor)
    {
        var start = LocalStart(text, at, floor);
        var end = DomainEnd(text, at + 1, out var dotted);
        if (start == at || end == at + 1)
            return null;
        // Without a dot it is an address only in its brackets; "3 mails@night" is not one.
        var bracketed = start > 0 && text[start - 1] == '<' && end < text.Length && text[end] == '>';
        return dotted || bracketed ? new RedactedPart(start, end, RedactedKind.Address) : null;
    }

    private static int LocalStart(string text, int at, int floor)
    {
        if (at > floor + 1 && text[at - 1] == '"')
        {
            var quote = text.LastIndexOf('"', at - 2, Math.Min(66, at - 1 - floor));
            return quote < 0 || text.AsSpan(quote, at - quote).ContainsAny('\r', '\n') ? at : quote;
        }

        var start = at;
        while (start > floor && LocalPart.Contains(text[start - 1]))
            start--;
        while (start < at && !char.IsAsciiLetterOrDigit(text[start]) && text[start] != '_')
            start++;
        // A name in kanji or katakana; hiragana before it is grammar.
        for (var letters = 0; start == at - letters && start > floor && letters < 32 && IsNameLetter(text[start - 1]); letters++)
            start--;
        return start;
    }

    private static int DomainEnd(string text, int start, out bool dotted)
    {
        dotted = false;
        if (start < text.Length && text[start] == '[')
        {
            var literal = text.AsSpan(start + 1, Math.Min(64, text.Length - start - 1)).IndexOf(']');
            dotted = literal > 0 && !text.AsSpan(start + 1, literal).ContainsAnyExcept(Literal);
            return dotted ? start + literal + 2 : start;
        }

        var letters = start < text.Length && !char.IsAscii(text[start]);
        var end = start;
        while (end < text.Length
            && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_' || (letters && IsNameLetter(text[end]))))
            end++;
        while (end > start && text[end - 1] is '.' or '-' or '_')
            end--;
        var domain = text.AsSpan(start, end - start);
        // Not the version of a package: name@1.2.3.
        dotted = domain.IndexOf('.') is var dot and > 0
            && (domain[(dot + 1)..].ContainsAnyExcept(VersionDigits) || domain.Count('.') == 3);
        return end;
    }

    private static bool IsNameLetter(char c) =>
        c is > '\x7f' and not (>= '\u3040' and <= '\u309F')
        && char.GetUnicodeCategory(c) is UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.UppercaseLetter;

    // /o=Organisation/ou=Group/cn=Recipients/cn=alice: the legacyExchangeDN, which NDRs and logs show.
    private static void FindDistinguishedNames(string text, List<RedactedPart> found)
    {
        var floor = 0;
        for (var at = text.IndexOf(Recipients, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(Recipients, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var reach = Math.Min(256, at - floor);
            var before = text.AsSpan(at - reach, reach);
            var organisation = before.LastIndexOf("/o=", StringComparison.OrdinalIgnoreCase);
            var start = organisation < 0 ? at : at - reach + organisation;
            var name = at + Recipients.Length;
            var length = text.AsSpan(name).IndexOfAny(DistinguishedNameEnd);
            var end = length < 0 ? text.Length : name + length;
            found.Add(new RedactedPart(start, end, RedactedKind.Address));
            floor = end;
            at = end - 1;
        }
    }
}
