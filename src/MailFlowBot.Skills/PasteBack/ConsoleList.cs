namespace MailFlowBot.Skills.PasteBack;

/// <summary>
/// Format-List output: <c>Name : value</c>, a blank line between objects, long values going on in indented lines. Read leniently: a name
/// that comes again begins the next object, since chats drop blank lines.
/// </summary>
internal static class ConsoleList
{
    public static IEnumerable<ConsoleObject> Of(string text)
    {
        var objects = new List<ConsoleObject>();
        var current = new ConsoleObject();
        string? last = null;
        var paste = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (objects.Count >= ConsoleLimits.Objects)
                break;
            if (line.IsWhiteSpace() || ConsoleText.Begins(line))
            {
                paste += ConsoleText.Begins(line) ? 1 : 0;
                Close(objects, ref current, paste);
                last = null;
            }
            else if (Property(line) is { } property)
            {
                if (current.Has(property.Name))
                    Close(objects, ref current, paste);
                last = current.Add(property.Name, property.Text) ? property.Name : null;
            }
            else if (last is not null && line[0] == ' ')
            {
                current.Continue(last, line.Trim().ToString());
            }
        }

        Close(objects, ref current, paste);
        return objects;
    }

    private static void Close(List<ConsoleObject> objects, ref ConsoleObject current, int paste)
    {
        // A single "word: text" is prose.
        if (current.Count > 1)
            objects.Add(current);
        if (current.Count > 0 || current.Paste != paste)
            current = new ConsoleObject { Paste = paste };
    }

    private static (string Name, string Text)? Property(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0 || (colon + 1 < line.Length && line[colon + 1] != ' '))
            return null;
        var name = line[..colon].Trim();
        if (name.Length is 0 or > ConsoleLimits.Name || !char.IsAsciiLetter(name[0]))
            return null;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))
                return null;
        }

        var value = line[(colon + 1)..].Trim();
        return (name.ToString(), value[..Math.Min(value.Length, ConsoleLimits.Value)].ToString());
    }
}
