using System.Collections;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A sequence of values, in the order of the wire (so a stack starts with its top). On the wire it stands inside an object;
/// given to the writer on its own it becomes an object of the usual .NET type.
/// </summary>
internal sealed class PsList : IReadOnlyList<object?>
{
    private object?[] _items;

    public PsList() => _items = [];

    public PsList(IEnumerable<object?> items)
        : this([.. items], PsListKind.List)
    {
    }

    private PsList(object?[] items, PsListKind kind)
    {
        _items = items;
        Count = items.Length;
        Kind = kind;
    }

    public PsListKind Kind { get; init; }

    public IReadOnlyList<object?> Items => this;

    public int Count { get; private set; }

    public object? this[int index] => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>A list whose items are this array, which is no longer the caller's.</summary>
    public static PsList Owning(object?[] items, PsListKind kind) => new(items, kind);

    public void Add(object? item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    public ArraySegment<object?>.Enumerator GetEnumerator() => new ArraySegment<object?>(_items, 0, Count).GetEnumerator();

    IEnumerator<object?> IEnumerable<object?>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
