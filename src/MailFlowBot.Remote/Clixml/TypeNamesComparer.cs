namespace MailFlowBot.Remote.Clixml;

/// <summary>Equal lists of type names share one TN, whether or not they are one instance.</summary>
internal sealed class TypeNamesComparer : IEqualityComparer<IReadOnlyList<string>>
{
    public static TypeNamesComparer Instance { get; } = new();

    public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y)
    {
        if (ReferenceEquals(x, y))
            return true;
        if (x is null || y is null || x.Count != y.Count)
            return false;
        for (var at = 0; at < x.Count; at++)
        {
            if (x[at] != y[at])
                return false;
        }

        return true;
    }

    // The most derived name tells nearly all lists apart.
    public int GetHashCode(IReadOnlyList<string> obj) => obj.Count == 0 ? 0 : obj[0].GetHashCode(StringComparison.Ordinal);
}
