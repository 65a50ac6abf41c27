using System.Collections;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// The properties of an object in wire order. Names are found whatever their case, as PowerShell does; of two equal names the
/// later one is found.
/// </summary>
internal sealed class PsProperties : IReadOnlyCollection<KeyValuePair<string, object?>>
{
    // Searched from the end and not hashed: objects have a dozen to a hundred properties of which a handful is read, and
    // unequal lengths end most comparisons. An array and no list: of exactly the size needed when the object was read.
    private KeyValuePair<string, object?>[] _properties = [];

    public int Count { get; private set; }

    /// <summary>Null when absent. Setting replaces the property found or adds one.</summary>
    public object? this[string name]
    {
        get => Find(name) is var at and >= 0 ? _properties[at].Value : null;
        set
        {
            if (Find(name) is var at and >= 0)
                _properties[at] = new(_properties[at].Key, value);
            else
                Add(name, value);
        }
    }

    /// <summary>A bag whose properties are this array, which is no longer the caller's.</summary>
    public static PsProperties Owning(KeyValuePair<string, object?>[] properties) =>
        new() { _properties = properties, Count = properties.Length };

    /// <summary>Adds a property, even when the name is there already.</summary>
    public void Add(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Count == _properties.Length)
            Array.Resize(ref _properties, Math.Max(4, Count * 2));
        _properties[Count++] = new(name, value);
    }

    public bool TryGet(string name, out object? value)
    {
        var at = Find(name);
        value = at >= 0 ? _properties[at].Value : null;
        return at >= 0;
    }

    public ArraySegment<KeyValuePair<string, object?>>.Enumerator GetEnumerator() =>
        new ArraySegment<KeyValuePair<string, object?>>(_properties, 0, Count).GetEnumerator();

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name)
    {
        for (var at = Count - 1; at >= 0; at--)
        {
            if (_properties[at].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return at;
        }

        return -1;
    }
}
