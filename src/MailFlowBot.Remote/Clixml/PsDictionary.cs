using System.Collections;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A dictionary as it stood on the wire: entries in order, keys of any type but null. String keys are found whatever their
/// case, as PowerShell's hashtables do; of two equal keys the later one is found.
/// </summary>
internal sealed class PsDictionary : IReadOnlyCollection<KeyValuePair<object, object?>>
{
    private readonly List<KeyValuePair<object, object?>> _entries = [];

    public IReadOnlyList<KeyValuePair<object, object?>> Entries => _entries;

    public int Count => _entries.Count;

    /// <summary>The value of a string key; null when absent. Setting replaces the entry found or adds one.</summary>
    public object? this[string key]
    {
        get => Find(key) is var at and >= 0 ? _entries[at].Value : null;
        set
        {
            var entry = new KeyValuePair<object, object?>(key, value);
            if (Find(key) is var at and >= 0)
                _entries[at] = entry;
            else
                _entries.Add(entry);
        }
    }

    /// <summary>Adds an entry, even when the key is there already.</summary>
    public void Add(object key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        _entries.Add(new(key, value));
    }

    public bool TryGet(string key, out object? value)
    {
        var at = Find(key);
        value = at >= 0 ? _entries[at].Value : null;
        return at >= 0;
    }

    public List<KeyValuePair<object, object?>>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<object, object?>> IEnumerable<KeyValuePair<object, object?>>.GetEnumerator() =>
        _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private int Find(string key) =>
        _entries.FindLastIndex(entry => entry.Key is string text && text.Equals(key, StringComparison.OrdinalIgnoreCase));
}
