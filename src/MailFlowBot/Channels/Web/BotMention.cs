namespace MailFlowBot.Channels.Web;

/// <summary>
/// Teams delivers a mention as an entity that its adapter takes out of the text. Here everything is addressed to the bot, and who types
/// the mention out of habit means the same: it is taken off the front, so that a mention alone is an empty text as in Teams.
/// </summary>
internal static class BotMention
{
    // The longer name first: it begins with the shorter.
    private static readonly string[] Names = ["@MailFlowBot", "@MailFlow"];

    public static string Remove(string text)
    {
        var start = text.AsSpan().TrimStart();
        foreach (var name in Names)
        {
            if (!start.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = start[name.Length..];
            if (rest.IsEmpty || !char.IsAsciiLetterOrDigit(rest[0]))
                return rest.TrimStart(" \t\u3000:,、：").ToString();
        }

        return text;
    }
}
