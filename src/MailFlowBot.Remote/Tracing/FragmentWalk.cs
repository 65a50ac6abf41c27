using System.Buffers.Binary;

namespace MailFlowBot.Remote.Tracing;

/// <summary>
/// Walks the fragments of one stream (MS-PSRP 2.2.4) in pieces cut anywhere and shows, for changing in place, the header of each
/// message and its body.
/// </summary>
/// <param name="header">Bytes of a message's header (MS-PSRP 2.2.1), and where in it they are.</param>
/// <param name="body">Bytes of a message's body, and whether they are its first.</param>
internal sealed class FragmentWalk(FragmentWalk.Part header, FragmentWalk.Part body)
{
    private const int FragmentHeader = 21;
    private const int MessageHeader = 40;
    private readonly byte[] _head = new byte[FragmentHeader];
    private int _headCount;
    private long _left;
    private int _offset;

    /// <summary>Sees bytes of a message.</summary>
    /// <param name="bytes">May be changed.</param>
    /// <param name="offset">Of the first of them in the header or the body.</param>
    internal delegate void Part(Span<byte> bytes, int offset);

    public void Take(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_left == 0)
            {
                var count = Math.Min(FragmentHeader - _headCount, bytes.Length);
                bytes[..count].CopyTo(_head.AsSpan(_headCount));
                _headCount += count;
                bytes = bytes[count..];
                if (_headCount == FragmentHeader)
                    Begin();
                continue;
            }

            var blob = bytes[..(int)Math.Min(_left, bytes.Length)];
            Show(blob);
            _left -= blob.Length;
            bytes = bytes[blob.Length..];
        }
    }

    private void Begin()
    {
        const byte Start = 1;
        _headCount = 0;
        _left = BinaryPrimitives.ReadUInt32BigEndian(_head.AsSpan(17));
        if ((_head[16] & Start) != 0)
            _offset = 0;
    }

    private void Show(Span<byte> blob)
    {
        var ofHeader = Math.Clamp(MessageHeader - _offset, 0, blob.Length);
        if (ofHeader > 0)
            header(blob[..ofHeader], _offset);
        if (blob.Length > ofHeader)
            body(blob[ofHeader..], _offset + ofHeader - MessageHeader);
        _offset += blob.Length;
    }
}
