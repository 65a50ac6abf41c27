namespace MailFlowBot.Skills.Texts;

/// <summary>
/// A message id with its arguments, never a sentence: <see cref="SkillTexts"/> turns it into one. Arguments may be foreign text
/// (a
/// quoted LastError, a name as typed); whoever shows them escapes them.
/// </summary>
/// <param name="Id">Such as <c>component-inactive.headline</c>.</param>
/// <param name="Args">By name; compared by value.</param>
public sealed record Line(string Id, IReadOnlyDictionary<string, string> Args)
{
    /// <summary>A line with these arguments; of a name given twice the last value counts.</summary>
    public static Line Of(string id, params (string Name, string Value)[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in args)
            named[name] = value;
        return new Line(id, named);
    }

    public bool Equals(Line? other) => other is not null
        && Id == other.Id
        && Args.Count == other.Args.Count
        && Args.All(pair => other.Args.TryGetValue(pair.Key, out var value) && value == pair.Value);

    public override int GetHashCode() => HashCode.Combine(Id, Args.Count);

    public override string ToString() => Args.Count == 0
        ? Id
        : $"{Id}({string.Join(", ", Args.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))})";
}
