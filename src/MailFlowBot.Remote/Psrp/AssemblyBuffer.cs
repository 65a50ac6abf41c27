namespace MailFlowBot.Remote.Psrp;

/// <summary>The bytes of an object that came in several pieces. Unlike the framework's writers it can be cut back.</summary>
internal sealed class AssemblyBuffer
{
    /// <summary>An array larger than this is not kept for the next object: one large object must not cost memory for ever.</summary>
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = [];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Count);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Count)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _bytes.Length, (long)Count + bytes.Length), Array.MaxLength));
        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    /// <summary>Forgets what follows the first <paramref name="count"/> bytes.</summary>
    public void CutBack(int count) => Count = count;

    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > KeptBytes)
            _bytes = [];
    }
}
