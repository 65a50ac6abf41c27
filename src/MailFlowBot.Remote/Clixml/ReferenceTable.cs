using System.Diagnostics.CodeAnalysis;

namespace MailFlowBot.Remote.Clixml;

/// <summary>What the ids of one body stand for. Ids count up from 0 as a rule and are then found by index; any others are hashed.</summary>
internal sealed class ReferenceTable<T>
    where T : class
{
    private const int MostMissing = 4;

    private T?[] _dense = new T?[16];
    private int _used;
    private Dictionary<int, T>? _sparse;

    /// <summary>An id met again stands for the later one.</summary>
    public void Set(int id, T value)
    {
        // A few may be missing; the array stays in proportion to what is in use, whatever ids a stranger picks.
        if (id <= _used + MostMissing)
        {
            if (id >= _dense.Length)
                Array.Resize(ref _dense, Math.Max(_dense.Length * 2, id + 1));
            _dense[id] = value;
            _used = Math.Max(_used, id + 1);
        }
        else
        {
            (_sparse ??= new(Scattered.Instance))[id] = value;
        }
    }

    public bool TryGet(int id, [NotNullWhen(true)] out T? value)
    {
        value = null;
        if ((uint)id < (uint)_used)
            value = _dense[id];
        if (value is null && _sparse is not null)
            _sparse.TryGetValue(id, out value);
        return value is not null;
    }

    /// <summary>Forgets all, and the memory of an unusually large body.</summary>
    public void Clear()
    {
        if (_dense.Length > 4096)
            _dense = new T?[16];
        else
            Array.Clear(_dense, 0, _used);
        _used = 0;
        _sparse = null;
    }

    /// <summary>An int is its own hash, and a stranger could pick ids that collide; this one is keyed anew in every process.</summary>
    private sealed class Scattered : IEqualityComparer<int>
    {
        public static readonly Scattered Instance = new();

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj) => HashCode.Combine(obj);
    }
}
