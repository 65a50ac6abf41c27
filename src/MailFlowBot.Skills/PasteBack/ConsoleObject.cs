namespace MailFlowBot.Skills.PasteBack;

/// <summary>One object as a shell prints it: property names with their text. Names are compared without case.</summary>
internal sealed class ConsoleObject
{
    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Which paste it stands in, counted from the top: of the same thing pasted twice, the later one counts.</summary>
    public int Paste { get; init; }

    public int Count => _properties.Count;

    /// <summary>The text of a property; null when the object was printed without it.</summary>
    public string? this[string property] => _properties.GetValueOrDefault(property);

    public bool Has(string property) => _properties.ContainsKey(property);

    /// <summary>True or False as PowerShell prints it; null for anything else.</summary>
    public bool? Flag(string property) => bool.TryParse(this[property]?.Trim(), out var flag) ? flag : null;

    /// <summary>The members of a list such as <c>{Send-As, Read}</c>; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Members(string property) =>
        (this[property] ?? "").Trim().Trim('{', '}').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>False when there are too many properties for an object of a shell.</summary>
    public bool Add(string property, string text)
    {
        if (_properties.Count >= ConsoleLimits.Properties)
            return false;
        _properties[property] = text;
        return true;
    }

    public void Continue(string property, string text)
    {
        if (_properties.TryGetValue(property, out var begun) && begun.Length + text.Length < ConsoleLimits.Value)
            _properties[property] = begun.Length == 0 ? text : $"{begun} {text}";
    }
}
