using System.Buffers;

namespace MailFlowBot.Incidents;

/// <summary>Credentials of pasted SMTP sessions and of commands that take them without a name.</summary>
internal static class RedactionDialogue
{
    private static readonly SearchValues<string> Markers = SearchValues.Create(
        ["AUTH PLAIN", "AUTH LOGIN", "AUTH NTLM", "AUTH XOAUTH2", "AUTH GSSAPI", "334 ", "ConvertTo-SecureString", "/user:"],
        StringComparison.OrdinalIgnoreCase);

    public static void Find(string text, List<RedactedPart> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny(Markers);
            if (next < 0)
                return;
            at += next;
            at = text[at] switch
            {
                'A' or 'a' => InitialResponse(text, at, found),
                '3' => Answer(text, at, found),
                '/' => AfterUser(text, at, found),
                _ => Plain(text, at, found),
            };
        }
    }

    // RFC 4954 4: AUTH mechanism SP initial-response.
    private static int InitialResponse(string text, int at, List<RedactedPart> found)
    {
        var mechanism = at + "AUTH ".Length;
        while (mechanism < text.Length && char.IsAsciiLetterOrDigit(text[mechanism]))
            mechanism++;
        var start = RedactionText.SkipBlanks(text, mechanism);
        // A server's "250-AUTH NTLM LOGIN" lists mechanisms; base64 is hardly ever in capitals alone.
        if (start > mechanism && text.AsSpan(start, Word(text, start) - start).ContainsAnyExceptInRange('A', 'Z'))
            Add(text, start, Word(text, start), 4, found);
        return mechanism;
    }

    // RFC 4954 4: the server's 334 line, then the client's answer alone on a line.
    private static int Answer(string text, int at, List<RedactedPart> found)
    {
        if (!RedactionText.BeginsLine(text, at))
            return at + 4;
        var end = RedactionText.LineEnd(text, at);
        var start = RedactionText.SkipBlanks(text, RedactionText.NextLine(text, end));
        var word = Word(text, start);
        if (RedactionText.SkipBlanks(text, word) == RedactionText.LineEnd(text, start))
            Add(text, start, word, 4, found);
        return end;
    }

    // net use \\server\share /user:DOMAIN\name password
    private static int AfterUser(string text, int at, List<RedactedPart> found)
    {
        var user = at + "/user:".Length;
        while (user < text.Length && !char.IsWhiteSpace(text[user]))
            user++;
        var start = RedactionText.SkipBlanks(text, user);
        if (start > user && start < text.Length && text[start] is not ('/' or '\r' or '\n' or '*' or '['))
        {
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (RedactionKeys.LooksSecret(text.AsSpan(start, end - start)))
                found.Add(new RedactedPart(start, end, RedactedKind.Secret));
        }

        return user;
    }

    private static int Plain(string text, int at, List<RedactedPart> found)
    {
        var start = RedactionText.SkipBlanks(text, at + "ConvertTo-SecureString".Length);
        if (text.AsSpan(start).StartsWith("-String", StringComparison.OrdinalIgnoreCase))
            start = RedactionText.SkipBlanks(text, start + "-String".Length);
        if (start < text.Length && text[start] is not ('-' or '$' or '(' or '|' or ')'))
            RedactionKeys.AddValue(text, start, assigned: false, found);
        return at + 1;
    }

    private static int Word(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '+' or '/' or '='))
            at++;
        return at;
    }

    private static void Add(string text, int start, int end, int least, List<RedactedPart> found)
    {
        if (end - start >= least && (end == text.Length || char.IsWhiteSpace(text[end]) || !char.IsAscii(text[end])))
            found.Add(new RedactedPart(start, end, RedactedKind.Secret));
    }
}
