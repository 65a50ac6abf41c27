using System.Text;

namespace MailFlowBot.Channels.Teams;

/// <summary>Lines as people see them: no blanks at line ends, no runs of empty lines, nothing around the whole.</summary>
internal static class PlainLines
{
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        var empty = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimEnd();
            empty = trimmed.IsEmpty ? empty + 1 : 0;
            if (empty > 1 || (trimmed.IsEmpty && tidy.Length == 0))
                continue;
            tidy.Append(trimmed).Append('\n');
        }

        return Cap(tidy.ToString().Trim());
    }

    private static string Cap(string text)
    {
        if (text.Length <= HtmlText.MaxLength)
            return text;
        var end = char.IsHighSurrogate(text[HtmlText.MaxLength - 1]) ? HtmlText.MaxLength - 1 : HtmlText.MaxLength;
        return text[..end];
    }
}
