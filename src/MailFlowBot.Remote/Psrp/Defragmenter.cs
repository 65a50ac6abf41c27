using System.Buffers;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Puts the objects of one stream together again. It is fed bytes, not elements: PowerShell cuts its output into blocks without
/// regard to fragment borders, so a block may end anywhere, even inside a header.
/// </summary>
/// <remarks>Memory grows with the bytes that arrived, never with the length that a header announces.</remarks>
internal sealed class Defragmenter(PsrpLimits limits)
{
    private readonly byte[] _header = new byte[FragmentHeader.Size];
    private readonly ArrayBufferWriter<byte> _object = new();
    private int _headerFilled;
    private FragmentHeader _current;
    private uint _blobLeft;
    private bool _insideObject;
    private ulong _objectId;
    private ulong _nextFragmentId;
    private long _total;

    /// <summary>True while an object or a header is incomplete.</summary>
    public bool HasPending => _headerFilled > 0 || _insideObject;

    /// <summary>
    /// Takes bytes and returns the objects that they complete, in order. The memory returned belongs to the caller.
    /// </summary>
    /// <exception cref="PsrpException">The fragments break MS-PSRP 2.2.4 or the limits.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Receive(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        if (_total > limits.MaxTotalBytes)
        {
            throw new PsrpException(
                PsrpFault.TooLarge, $"The stream carried more than {limits.MaxTotalBytes} bytes; narrow the query or raise the limit.");
        }

        List<ReadOnlyMemory<byte>>? complete = null;
        while (!bytes.IsEmpty)
        {
            if (_headerFilled < FragmentHeader.Size)
            {
                var part = Math.Min(FragmentHeader.Size - _headerFilled, bytes.Length);
                bytes[..part].CopyTo(_header.AsSpan(_headerFilled));
                bytes = bytes[part..];
                _headerFilled += part;
                if (_headerFilled < FragmentHeader.Size)
                    break;
                Begin(FragmentHeader.Read(_header));
            }

            var take = (int)Math.Min(_blobLeft, (uint)bytes.Length);
            _object.Write(bytes[..take]);
            bytes = bytes[take..];
            _blobLeft -= (uint)take;
            if (_blobLeft == 0)
                Finish(ref complete);
        }

        return complete ?? (IReadOnlyList<ReadOnlyMemory<byte>>)[];
    }

    /// <summary>To be called when the stream is over.</summary>
    /// <exception cref="PsrpException">The stream ended inside an object.</exception>
    public void Complete()
    {
        if (HasPending)
            throw new PsrpException(PsrpFault.Truncated, $"The stream ended inside object {_objectId} after {_object.WrittenCount} bytes of it.");
    }

    private void Begin(FragmentHeader header)
    {
        if (header.ObjectId == 0)
            throw Bad("object id 0 is not allowed");
        if (header.Length > (uint)limits.MaxObjectBytes || _object.WrittenCount + (long)header.Length > limits.MaxObjectBytes)
        {
            throw new PsrpException(
                PsrpFault.TooLarge,
                $"Object {header.ObjectId} is larger than {limits.MaxObjectBytes} bytes (fragment {header.FragmentId} announces {header.Length} more).");
        }

        if (header.Start)
        {
            if (_insideObject)
                throw Bad($"object {header.ObjectId} starts inside object {_objectId}");
            if (header.FragmentId != 0)
                throw Bad($"object {header.ObjectId} starts with fragment {header.FragmentId}");
            if (header.ObjectId <= _objectId)
                throw Bad($"object {header.ObjectId} comes after object {_objectId}");
            _objectId = header.ObjectId;
            _nextFragmentId = 0;
            _insideObject = true;
        }
        else if (!_insideObject)
        {
            throw Bad($"fragment {header.FragmentId} of object {header.ObjectId} comes without a start");
        }

        if (header.ObjectId != _objectId)
            throw Bad($"a fragment of object {header.ObjectId} comes inside object {_objectId}");
        if (header.FragmentId != _nextFragmentId)
            throw Bad($"fragment {header.FragmentId} of object {_objectId} comes where {_nextFragmentId} was due");
        _nextFragmentId++;
        _current = header;
        _blobLeft = header.Length;

        // An empty blob is complete with its header, also when no further byte follows: Finish runs from Receive.
    }

    private void Finish(ref List<ReadOnlyMemory<byte>>? complete)
    {
        _headerFilled = 0;
        if (!_current.End)
            return;
        (complete ??= []).Add(_object.WrittenSpan.ToArray());
        _object.ResetWrittenCount();
        _insideObject = false;
    }

    private static PsrpException Bad(string what) =>
        new(PsrpFault.BadFragment, $"PSRP fragment refused: {what}.");
}
