namespace MailFlowBot.Skills.PasteBack;

/// <summary>
/// Format-Table output: a line of names, a line of dashes under them, then rows until a blank line. The dashes tell where the columns
/// begin; where blanks were lost on the way, only rows with one word a column are understood, and others are left out.
/// </summary>
internal static class ConsoleTable
{
    public static IEnumerable<ConsoleObject> Of(string text)
    {
        var rows = new List<ConsoleObject>();
        var header = "";
        Layout? layout = null;
        var paste = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (rows.Count >= ConsoleLimits.Objects)
                break;
            if (IsRule(line))
                layout = Layout.Of(header, line);
            else if (ConsoleText.Begins(line))
                (layout, paste) = (null, paste + 1);
            else if (line.IsWhiteSpace())
                layout = null;
            else if (layout?.Row(line, paste) is { } row)
                rows.Add(row);
            header = line.Length <= ConsoleLimits.Value ? line.ToString() : "";
        }

        return rows;
    }

    private static bool IsRule(ReadOnlySpan<char> line) =>
        !line.IsWhiteSpace() && !line.ContainsAnyExcept('-', ' ') && line.Contains("--", StringComparison.Ordinal) && line.Length <= ConsoleLimits.Value;

    private sealed record Layout(IReadOnlyList<string> Names, IReadOnlyList<int> Starts, bool Aligned)
    {
        public static Layout? Of(string header, ReadOnlySpan<char> rule)
        {
            var starts = new List<int>();
            for (var at = 0; at < rule.Length; at++)
            {
                if (rule[at] == '-' && (at == 0 || rule[at - 1] == ' '))
                    starts.Add(at);
            }

            var names = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (names.Length != starts.Count || names.Length is 0 or > ConsoleLimits.Columns || names.Any(name => name.Length > ConsoleLimits.Name))
                return null;
            // Numbers stand right under their names, so a name may begin after its dashes, but never before.
            var aligned = starts.Select((start, column) => Slice(header, start, column + 1 < starts.Count ? starts[column + 1] : header.Length) == names[column])
                .All(fits => fits);
            return new Layout(names, starts, aligned);
        }

        public ConsoleObject? Row(ReadOnlySpan<char> line, int paste)
        {
            var text = line[..Math.Min(line.Length, ConsoleLimits.Value)].ToString();
            var cells = Aligned && Starts.All(start => start == 0 || start > text.Length || text[start - 1] == ' ')
                ? Starts.Select((start, column) => Slice(text, start, column + 1 < Starts.Count ? Starts[column + 1] : text.Length)).ToArray()
                : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != Names.Count)
                return null;
            var row = new ConsoleObject { Paste = paste };
            for (var column = 0; column < cells.Length; column++)
                row.Add(Names[column], cells[column]);
            return row;
        }

        private static string Slice(string text, int from, int to) =>
            from >= text.Length || to <= from ? "" : text[from..Math.Min(to, text.Length)].Trim();
    }
}
