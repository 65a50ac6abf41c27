namespace MailFlowBot.Remote.Smtp;

/// <summary>One whole reply (RFC 5321 4.2).</summary>
/// <param name="Code">Of the last line: a server that gives up in the middle of a list says so there.</param>
/// <param name="Lines">The text behind the code of each line; ASCII, everything else replaced by a question mark.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>The server closes the connection (RFC 5321 3.8).</summary>
    public bool IsClosing => Code == 421;

    /// <summary>Enhanced status code at the start of the last line (RFC 2034 section 3); null where there is none.</summary>
    public string? Enhanced
    {
        get
        {
            var word = Lines[^1].Split(' ', 2)[0];
            var parts = word.Split('.');
            return parts is [{ Length: 1 } kind, { Length: >= 1 and <= 3 } subject, { Length: >= 1 and <= 3 } detail]
                && kind[0] is '2' or '4' or '5' && subject.All(char.IsAsciiDigit) && detail.All(char.IsAsciiDigit)
                    ? word
                    : null;
        }
    }

    /// <summary>The last line, shortened.</summary>
    public string Text => Shortened(Lines[^1]);

    public static string Shortened(string text) =>
        text.Length <= SmtpLimits.KeptText ? text : text[..SmtpLimits.KeptText] + "…";
}
