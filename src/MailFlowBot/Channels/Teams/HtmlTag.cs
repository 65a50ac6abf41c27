namespace MailFlowBot.Channels.Teams;

/// <summary>A start or end tag.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Attributes">What stands between name and closing bracket.</param>
/// <param name="End">Index after the closing bracket.</param>
internal sealed record HtmlTag(string Name, bool Closing, string Attributes, int End)
{
    private const int MaxNameLength = 16;

    /// <summary>Reads the tag that opens at <paramref name="open"/>; null when this angle bracket opens none.</summary>
    public static HtmlTag? Read(string html, int open)
    {
        var at = open + 1;
        var closing = at < html.Length && html[at] == '/';
        if (closing)
            at++;
        var start = at;
        while (at < html.Length && char.IsAsciiLetterOrDigit(html[at]) && at - start < MaxNameLength)
            at++;
        if (at == start || !char.IsAsciiLetter(html[start]))
            return null;
        var name = html[start..at].ToLowerInvariant();
        var end = Close(html, at);
        return new HtmlTag(name, closing, html[at..end], Math.Min(end + 1, html.Length));
    }

    /// <summary>The value of an attribute, quotes taken off.</summary>
    public string? Attribute(string name)
    {
        for (var at = 0; (at = Attributes.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += name.Length)
        {
            if (at > 0 && !char.IsWhiteSpace(Attributes[at - 1]))
                continue;
            var rest = Attributes.AsSpan(at + name.Length).TrimStart();
            if (rest.IsEmpty || rest[0] != '=')
                continue;
            rest = rest[1..].TrimStart();
            if (rest.IsEmpty)
                return "";
            var quoted = rest[0] is '"' or '\'';
            var end = quoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(" \t\n/");
            return (quoted, end) switch
            {
                (true, < 0) => rest[1..].ToString(),
                (true, _) => rest.Slice(1, end).ToString(),
                (false, < 0) => rest.ToString(),
                (false, _) => rest[..end].ToString(),
            };
        }

        return null;
    }

    /// <summary>Index of the closing bracket outside quotes; the end of the text when there is none.</summary>
    private static int Close(string html, int at)
    {
        while (at < html.Length)
        {
            var letter = html[at];
            if (letter == '>')
                return at;
            if (letter is '"' or '\'')
            {
                var end = html.IndexOf(letter, at + 1);
                if (end < 0)
                    return html.Length;
                at = end;
            }

            at++;
        }

        return html.Length;
    }
}
