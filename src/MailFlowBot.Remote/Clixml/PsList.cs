using System.Collections;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A sequence of values, in the order of the wire (so a stack starts with its top). On the wire it stands inside an object;
/// given to the writer on its own it becomes an object of the usual .NET type.
/// </summary>
internal sealed class PsList : IReadOnlyList<object?>
{
    private readonly List<object?> _items;

    public PsList() => _items = [];

    public PsList(IEnumerable<object?> items) => _items = [.. items];

    public PsListKind Kind { get; init; }

    public IReadOnlyList<object?> Items => _items;

    public int Count => _items.Count;

    public object? this[int index] => _items[index];

    public void Add(object? item) => _items.Add(item);

    public List<object?>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<object?> IEnumerable<object?>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
