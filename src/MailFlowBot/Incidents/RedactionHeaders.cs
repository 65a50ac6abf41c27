using System.Buffers;

namespace MailFlowBot.Incidents;

/// <summary>Subjects, and the people of address headers by name (RFC 5322 3.6.3, 3.6.5), also as PowerShell lists them.</summary>
internal static class RedactionHeaders
{
    private static readonly string[] Subjects = ["MessageSubject", "Thread-Topic", "Subject", "件名", "表題", "題名"];

    private static readonly string[] People =
        ["Recipients", "Recipient", "Reply-To", "Sender", "From", "Bcc", "Cc", "To", "宛先", "差出人", "送信者", "受信者"];

    private static readonly string[] Names = [.. Subjects.Concat(People)];

    private static readonly SearchValues<string> Search = SearchValues.Create(Names, StringComparison.OrdinalIgnoreCase);

    // The letters of CN, O, OU, DC, C, L, S, ST and E (RFC 4514 3).
    private static readonly SearchValues<char> AttributeTypes = SearchValues.Create("CDELNOSTU");

    public static void Find(string text, List<RedactedPart> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny(Search);
            if (next < 0)
                return;
            at += next;
            var here = at;
            var name = Array.Find(Names, name => text.AsSpan(here).StartsWith(name, StringComparison.OrdinalIgnoreCase))!;
            var behind = at + name.Length;
            if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                behind = Subjects.Contains(name) ? Subject(text, at, behind, found)
                    : RedactionText.BeginsLine(text, at) ? Persons(text, behind, found)
                    : behind;
            }

            at = behind;
        }
    }

    private static int Subject(string text, int at, int behind, List<RedactedPart> found)
    {
        var sign = RedactionText.SkipBlanks(text, behind);
        if (sign >= text.Length)
            return behind;
        if (text[sign] is '"' or '\'' or '「' or '『')
            return Quoted(text, sign, found);
        // In the middle of a sentence only the header's own spelling counts: "about this subject: users cannot send" is a report.
        var header = !char.IsAscii(text[at]) || char.IsAsciiLetterUpper(text[at]) || RedactionText.BeginsLine(text, at);
        if (text[sign] != ':' || !header)
            return behind;
        var start = RedactionText.SkipBlanks(text, sign + 1);
        var end = RedactionText.LineEnd(text, start);
        // The subject of a certificate is a distinguished name, and certificates are evidence.
        var value = text.AsSpan(start, end - start);
        if (value.IsWhiteSpace() || value.StartsWith("[subject]") || IsDistinguishedName(value))
            return end;
        end = Unfold(text, end);
        found.Add(new RedactedPart(start, end, RedactedKind.Subject));
        return end;
    }

    private static int Quoted(string text, int open, List<RedactedPart> found)
    {
        var closing = text[open] switch { '「' => '」', '『' => '』', var same => same };
        var length = text.AsSpan(open + 1, RedactionText.LineEnd(text, open + 1, 300) - open - 1).IndexOf(closing);
        if (length <= 0)
            return open + 1;
        if (!text.AsSpan(open + 1, length).SequenceEqual("[subject]") && !IsDistinguishedName(text.AsSpan(open + 1)))
            found.Add(new RedactedPart(open + 1, open + 1 + length, RedactedKind.Subject));
        return open + 1 + length;
    }

    // RFC 5322 2.2.3: a line that begins with white space belongs to the one before; bullets of a list do not.
    private static int Unfold(string text, int end)
    {
        while (end < text.Length)
        {
            var line = RedactionText.NextLine(text, end);
            var word = RedactionText.SkipBlanks(text, line);
            if (word == line || word >= text.Length)
                return end;
            if (text[word] is '\r' or '\n' or '-' or '*' or '>' or '・' || char.IsAsciiDigit(text[word]))
                return end;
            end = RedactionText.LineEnd(text, word);
        }

        return end;
    }

    // From the first name to the last address of the line; what follows may be the report itself.
    private static int Persons(string text, int behind, List<RedactedPart> found)
    {
        var sign = RedactionText.SkipBlanks(text, behind);
        if (sign >= text.Length || text[sign] != ':')
            return behind;
        var start = RedactionText.SkipBlanks(text, sign + 1);
        var end = RedactionText.LineEnd(text, start);
        var last = text.AsSpan(start, end - start).LastIndexOf('@');
        if (last > 0 && RedactionAddresses.Around(text, start + last, start) is { } address)
        {
            var close = address.End < text.Length && text[address.End] is '>' or '}' ? address.End + 1 : address.End;
            found.Add(new RedactedPart(start, close, RedactedKind.Address));
        }

        return end;
    }

    private static bool IsDistinguishedName(ReadOnlySpan<char> value)
    {
        var equals = value[..Math.Min(3, value.Length)].IndexOf('=');
        return equals > 0 && !value[..equals].ContainsAnyExcept(AttributeTypes);
    }
}
