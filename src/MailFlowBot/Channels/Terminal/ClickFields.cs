namespace MailFlowBot.Channels.Terminal;

/// <summary>Reads <c>field=value …</c>. A value runs on over blanks until the next field; quotes around it are dropped.</summary>
internal static class ClickFields
{
    public static IReadOnlyList<(string Field, string Value)> Parse(string text)
    {
        var fields = new List<(string Field, string Value)>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && word[..equals].All(char.IsLetterOrDigit))
                fields.Add((word[..equals], word[(equals + 1)..]));
            else if (fields.Count > 0)
                fields[^1] = (fields[^1].Field, fields[^1].Value + " " + word);
        }

        return [.. fields.Select(field => (field.Field, field.Value.Trim('"', '“', '”')))];
    }
}
