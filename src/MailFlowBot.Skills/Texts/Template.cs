using System.Text;

namespace MailFlowBot.Skills.Texts;

/// <summary>
/// A sentence with places for arguments: <c>{name}</c>. Filled in one pass, so an argument that looks like a place stays what it
/// is.
/// </summary>
internal sealed class Template
{
    private readonly List<(string Text, bool IsPlace)> _parts = [];

    public Template(string source)
    {
        Source = source;
        var at = 0;
        while (at < source.Length)
        {
            var open = source.IndexOf('{', at);
            var close = open < 0 ? -1 : source.IndexOf('}', open);
            if (close < 0)
                break;
            if (open > at)
                _parts.Add((source[at..open], false));
            _parts.Add((source[(open + 1)..close], true));
            at = close + 1;
        }

        if (at < source.Length)
            _parts.Add((source[at..], false));
    }

    public string Source { get; }

    public IEnumerable<string> Places => _parts.Where(part => part.IsPlace).Select(part => part.Text).Distinct();

    /// <exception cref="KeyNotFoundException">An argument is missing.</exception>
    public string Fill(Line line)
    {
        var filled = new StringBuilder();
        foreach (var (text, isPlace) in _parts)
        {
            filled.Append(!isPlace ? text
                : line.Args.TryGetValue(text, out var value) ? value
                : throw new KeyNotFoundException($"The text '{line.Id}' needs the argument '{text}', which {line} does not carry."));
        }

        return filled.ToString();
    }
}
