namespace MailFlowBot.Skills.PasteBack;

/// <summary>
/// Objects in a pasted text, whatever view of the shell they come from. Columns need the blanks as they were printed; lists do not.
/// </summary>
internal static class ConsoleText
{
    /// <summary>
    /// Stands between messages that are read together. A line with a prompt begins a new paste as well. No console prints it and no reader
    /// shows it.
    /// </summary>
    public const char Boundary = '\u001E';

    /// <summary>At most <see cref="ConsoleLimits.Objects"/>, lists before tables.</summary>
    public static IReadOnlyList<ConsoleObject> Objects(string text)
    {
        var plain = Plain(text);
        return [.. ConsoleList.Of(plain).Concat(ConsoleTable.Of(plain)).Take(ConsoleLimits.Objects)];
    }

    /// <summary>
    /// Full-width letters and all kinds of blanks made plain, one for one, so that columns stay where they are. Mails and chats put
    /// no-break spaces for the blanks of a console.
    /// </summary>
    public static string Plain(string text) => string.Create(text.Length, text, static (plain, source) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' and var wide => (char)(wide - 0xFEE0),
                '\u3000' or '\u00A0' or '\t' => ' ',
                '\u00A5' => '\\',
                var other => other,
            };
        }
    });

    /// <summary>Whether the text holds a prompt line with this command: without it, no output is not an empty output.</summary>
    public static bool Ran(string text, string command)
    {
        foreach (var line in Plain(text).AsSpan().EnumerateLines())
        {
            if (line.IndexOf(command, StringComparison.OrdinalIgnoreCase) is var at && at > 0 && IsPrompt(line[..at]))
                return true;
        }

        return false;
    }

    /// <summary>Whether another paste begins with this line.</summary>
    public static bool Begins(ReadOnlySpan<char> line)
    {
        if (line.Contains(Boundary))
            return true;
        var end = line.IndexOf('>');
        return end > 0 && IsPrompt(line[..(end + 1)]);
    }

    // [PS] C:\>, PS C:\>, C:\>, [PS] C:\Windows\System32>
    private static bool IsPrompt(ReadOnlySpan<char> before) => before.TrimEnd() is [.., '>'] && before.Contains(@":\", StringComparison.Ordinal);
}
