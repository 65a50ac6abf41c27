namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>An SMTP dialogue that a person pasted, on the wire one verb a line (RFC 5321 section 4.1.1.1).</summary>
/// <param name="Banner">Text behind 220; null when it was not pasted.</param>
/// <param name="Host">The name the server greets with; null when it was not pasted.</param>
/// <param name="Verbs">The offered lines, without greeting and closing OK.</param>
internal sealed record EhloPaste(string? Banner, string? Host, IReadOnlyList<string> Verbs)
{
    // No server offers more; a longer list is something else.
    private const int MostVerbs = 60;

    // Fewer are a quotation, and what a quotation leaves out is not missing.
    private const int FewestVerbs = 5;

    // A longer line is no line of an SMTP answer (RFC 5321 section 4.5.3.1.5 allows 512 octets).
    private const int LongestLine = 512;

    /// <summary>The last answer to EHLO in the text; null when there is none.</summary>
    public static EhloPaste? Of(string text)
    {
        EhloPaste? last = null;
        string? banner = null;
        var bannerEndsOpen = false;
        var verbs = new List<string>();
        foreach (var line in text.EnumerateLines())
        {
            if (line.Length > LongestLine)
                continue;
            var reply = line.TrimStart();
            // TechNet prints 240- in one line of a healthy answer.
            var isReply = reply.Length > 4 && (reply[3] is ' ' or '-') && (reply[..3] is "220" or "250" or "240");
            if (bannerEndsOpen && !isReply && !line.IsWhiteSpace())
                banner = $"{banner} {line.Trim()}";
            bannerEndsOpen = false;
            if (!isReply)
                continue;
            var said = reply[4..].Trim().ToString();
            if (reply[..3] is "220")
            {
                banner = said;
                bannerEndsOpen = banner.EndsWith(':');
                verbs.Clear();
                continue;
            }

            if (Greets(said))
                verbs.Clear();
            if (verbs.Count < MostVerbs)
                verbs.Add(said);
            if (reply[3] == ' ')
            {
                last = Whole(banner, verbs) ?? last;
                verbs.Clear();
            }
        }

        return Whole(banner, verbs) ?? last;
    }

    private static EhloPaste? Whole(string? banner, List<string> lines)
    {
        if (lines.Count < FewestVerbs)
            return null;
        var host = lines.Where(Greets).Select(line => line.Split(' ')[0]).FirstOrDefault();
        return new EhloPaste(banner, host, [.. lines.Where(line => !Greets(line) && !line.Equals("OK", StringComparison.OrdinalIgnoreCase))]);
    }

    private static bool Greets(string line) => line.Contains(" Hello", StringComparison.OrdinalIgnoreCase);
}
