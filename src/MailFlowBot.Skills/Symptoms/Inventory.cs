using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>The known server names, and what resembles one of them.</summary>
internal sealed class Inventory
{
    // Tokens that are compared with every name of the inventory at most; the rest of a long list is not read as names.
    private const int ComparisonLimit = 500;

    private readonly Dictionary<string, ServerName> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ServerName> _names = [];
    private int _compared;

    public Inventory(IReadOnlyCollection<ServerName> names)
    {
        foreach (var name in names.Where(name => name.Value.Length > 0))
        {
            if (_byName.TryAdd(name.Value, name))
                _names.Add(name);
        }
    }

    public ServerName? Find(ReadOnlySpan<char> label) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(label, out var name) ? name : null;

    /// <summary>
    /// True for a label built like a server of ours: the same letters with other digits, or one slip away from a name. Only
    /// labels with a
    /// digit are taken, so that ordinary words never are.
    /// </summary>
    public bool LooksLikeOne(ReadOnlySpan<char> label, out ServerName? nearest)
    {
        nearest = null;
        var mixed = label.ContainsAnyInRange('0', '9') && label.ContainsAnyExceptInRange('0', '9');
        if (!mixed || label.Length is < 3 or > 20 || _compared >= ComparisonLimit)
            return false;
        _compared++;
        var best = int.MaxValue;
        foreach (var name in _names)
        {
            if (Math.Abs(name.Value.Length - label.Length) > 1)
                continue;
            var distance = Distance(label, name.Value);
            if (distance < best && (distance <= 1 || SameShape(label, name.Value)))
            {
                best = distance;
                nearest = name;
            }
        }

        return nearest is not null;
    }

    private static bool SameShape(ReadOnlySpan<char> left, string right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (char.IsAsciiDigit(left[i]) ? !char.IsAsciiDigit(right[i]) : !Same(left[i], right[i]))
                return false;
        }

        return true;
    }

    /// <summary>Levenshtein distance without case; both are at most 21 characters long.</summary>
    private static int Distance(ReadOnlySpan<char> left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 0; i < left.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replaced = previous[j] + (Same(left[i], right[j]) ? 0 : 1);
                current[j + 1] = Math.Min(replaced, Math.Min(previous[j + 1], current[j]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[^1];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
