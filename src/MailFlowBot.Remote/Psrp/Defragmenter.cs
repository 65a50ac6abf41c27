namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Puts the objects of one stream together again. It is fed bytes, not elements: PowerShell cuts its output into blocks without
/// regard to fragment borders, so a block may end anywhere, even inside a header.
/// </summary>
/// <remarks>
/// <para>Memory grows with the bytes that arrived, never with the length that a header announces. An object wholly inside one block
/// is read where it lies.</para>
/// <para>An answer that got lost on its way may come again: <see cref="Settle"/> after each whole answer, <see cref="Replay"/>
/// before the one that is repeated.</para>
/// </remarks>
internal sealed class Defragmenter(PsrpLimits limits, ObjectNumbers? numbers = null)
{
    private readonly byte[] _header = new byte[FragmentHeader.Size];
    private readonly byte[] _settledHeader = new byte[FragmentHeader.Size];
    private ReadOnlyMemory<byte> _input;
    private AssemblyBuffer _object = new();
    private AssemblyBuffer _spare = new();
    private AssemblyBuffer? _settledObject;
    private FragmentPosition _at;
    private FragmentPosition _settled;
    private ulong _lastWhole;
    private bool _handedOut;
    private bool _replaying;

    /// <summary>True while an object or a header is incomplete.</summary>
    public bool HasPending => _at.HeaderFilled > 0 || _at.InsideObject;

    /// <summary>
    /// The id after which a hole in the ids means a lost object, as far as this stream goes: what had arrived anywhere before the stream
    /// began. Null when holes prove nothing, as on the stream of a pool, whose pipelines' ids may still be under way.
    /// </summary>
    public ulong? HolesAfter { get; init; }

    /// <summary>Takes a block, which stays the caller's and must not change until <see cref="TryRead"/> has said false.</summary>
    /// <exception cref="PsrpException">The stream carried more than the limits allow.</exception>
    public void Feed(ReadOnlyMemory<byte> block)
    {
        if (!_input.IsEmpty)
            throw new InvalidOperationException("A block is fed when the one before it has been read to its end.");
        _at.Total += block.Length;
        if (_at.Total > limits.MaxTotalBytes)
        {
            throw new PsrpException(
                PsrpFault.TooLarge, $"The stream carried more than {limits.MaxTotalBytes} bytes; narrow the query or raise the limit.");
        }

        _input = block;
    }

    /// <summary>The next object that the bytes complete. Its memory is valid until the next call of any method.</summary>
    /// <exception cref="PsrpException">The fragments break MS-PSRP 2.2.4 or the limits, or an object got lost before a replay.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> whole)
    {
        Release();
        while (_at.HeaderFilled == FragmentHeader.Size || FillHeader())
        {
            var part = _input[..(int)Math.Min(_at.BlobLeft, (uint)_input.Length)];
            _input = _input[part.Length..];
            _at.BlobLeft -= (uint)part.Length;
            var fragment = _at.Fragment;
            var inPlace = fragment.Start && fragment.End && part.Length == fragment.Length;
            if (!inPlace && !_at.Skipping)
                _object.Append(part.Span);
            if (_at.BlobLeft > 0)
                break;
            _at.HeaderFilled = 0;
            if (!fragment.End || _at.Skipping)
                continue;
            _at.InsideObject = false;
            _lastWhole = _at.ObjectId;
            numbers?.Note(_lastWhole);
            _handedOut = !inPlace;
            whole = inPlace ? part : _object.Memory;
            return true;
        }

        whole = default;
        return false;
    }

    /// <summary>To be called when an answer has arrived as a whole: it will not be repeated.</summary>
    public void Settle()
    {
        Release();
        _settled = _at;
        _settled.Filled = _object.Count;
        _settledObject = _object;
        _header.CopyTo(_settledHeader, 0);
    }

    /// <summary>
    /// To be called before an answer that got lost wholly or in part comes again. Goes back to the last settled position, drops the
    /// objects that were read already, and refuses the first that leaves a gap.
    /// </summary>
    public void Replay()
    {
        _input = default;
        _handedOut = false;
        if (_settledObject is not null && !ReferenceEquals(_settledObject, _object))
            (_object, _spare) = (_spare, _object);
        _at = _settled;
        _settledHeader.CopyTo(_header, 0);
        _replaying = true;

        // An object that became whole before the loss is not looked at again.
        var isWhole = _at.InsideObject && _at.ObjectId <= _lastWhole;
        _object.CutBack(isWhole ? 0 : _settled.Filled);
        _at.InsideObject &= !isWhole;
        _at.Skipping |= isWhole;
    }

    /// <summary>To be called when the stream is over.</summary>
    /// <exception cref="PsrpException">The stream ended inside an object.</exception>
    public void Complete()
    {
        if (HasPending)
            throw new PsrpException(PsrpFault.Truncated, $"The stream ended inside object {_at.ObjectId} after {_object.Count} bytes of it.");
    }

    private bool FillHeader()
    {
        var part = Math.Min(FragmentHeader.Size - _at.HeaderFilled, _input.Length);
        _input.Span[..part].CopyTo(_header.AsSpan(_at.HeaderFilled));
        _input = _input[part..];
        _at.HeaderFilled += part;
        if (_at.HeaderFilled < FragmentHeader.Size)
            return false;
        var header = FragmentHeader.Read(_header);
        Check(header);
        _at.Skipping = _replaying && IsRepeated(header);
        if (!_at.Skipping)
            Begin(header);

        // An empty blob is complete with its header, also when no further byte follows.
        _at.Fragment = header;
        _at.BlobLeft = header.Length;
        return true;
    }

    private void Check(FragmentHeader header)
    {
        if (header.ObjectId == 0)
            throw Bad("object id 0 is not allowed");
        if (header.Length > (uint)limits.MaxObjectBytes || _object.Count + (long)header.Length > limits.MaxObjectBytes)
        {
            throw new PsrpException(
                PsrpFault.TooLarge,
                $"Object {header.ObjectId} is larger than {limits.MaxObjectBytes} bytes (fragment {header.FragmentId} announces {header.Length} more).");
        }
    }

    private void Begin(FragmentHeader header)
    {
        if (header.Start)
        {
            if (_at.InsideObject)
                throw Bad($"object {header.ObjectId} starts inside object {_at.ObjectId}");
            if (header.FragmentId != 0)
                throw Bad($"object {header.ObjectId} starts with fragment {header.FragmentId}");
            if (header.ObjectId <= _at.ObjectId)
                throw Bad($"object {header.ObjectId} comes after object {_at.ObjectId}");
            _at.ObjectId = header.ObjectId;
            _at.NextFragmentId = 0;
            _at.InsideObject = true;
        }
        else if (!_at.InsideObject)
        {
            throw Bad($"fragment {header.FragmentId} of object {header.ObjectId} comes without a start");
        }

        if (header.ObjectId != _at.ObjectId)
            throw Bad($"a fragment of object {header.ObjectId} comes inside object {_at.ObjectId}");
        if (header.FragmentId != _at.NextFragmentId)
            throw Bad($"fragment {header.FragmentId} of object {_at.ObjectId} comes where {_at.NextFragmentId} was due");
        _at.NextFragmentId++;
        _replaying = false;
    }

    private bool IsRepeated(FragmentHeader header)
    {
        if (header.ObjectId <= _lastWhole)
            return true;
        if (_at.InsideObject && header.ObjectId == _at.ObjectId)
        {
            if (!header.Start)
                return header.FragmentId < _at.NextFragmentId;

            // The whole object comes again, perhaps cut otherwise: what is there of it goes.
            Drop();
            _at.InsideObject = false;
            _at.ObjectId = _lastWhole;
            return false;
        }

        var after = _lastWhole > 0 || numbers is { PerStream: true } ? _lastWhole : HolesAfter;
        if (HolesAfter is not null && after is { } last && numbers?.Lacks(last, header.ObjectId) == true)
            throw Bad($"between object {last} and {header.ObjectId} one is missing on every stream");
        return false;
    }

    // What was handed out is the caller's no longer.
    private void Release()
    {
        if (!_handedOut)
            return;
        _handedOut = false;
        Drop();
    }

    private void Drop()
    {
        // The bytes before the settled position may be needed again.
        if (_settled.Filled > 0 && ReferenceEquals(_settledObject, _object))
            (_object, _spare) = (_spare, _object);
        _object.Clear();
    }

    private PsrpException Bad(string what) => _replaying
        ? new(PsrpFault.Gap, $"A repeated answer does not go on where the lost one was: {what}.")
        : new(PsrpFault.BadFragment, $"PSRP fragment refused: {what}.");
}
