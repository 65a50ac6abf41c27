namespace MailFlowBot.Remote.Simulation;

/// <summary>A connection to a door in memory, as a client sees it. Single-threaded: the client reads what its last command was answered.</summary>
internal sealed class DoorStream(DoorDialogue dialogue) : Stream
{
    private ReadOnlyMemory<byte> _unread;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("A connection has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A connection has no position.");
        set => throw new NotSupportedException("A connection has no position.");
    }

    public override int Read(Span<byte> buffer)
    {
        if (_unread.IsEmpty)
            _unread = dialogue.TakeOutput();
        // A server that has said all it will before it was asked would wait for ever; here nobody may.
        if (_unread.IsEmpty && !dialogue.IsClosed)
            throw new IOException("The client reads although nothing was asked.");
        var count = Math.Min(buffer.Length, _unread.Length);
        _unread.Span[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Write(ReadOnlySpan<byte> buffer) => dialogue.Receive(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A connection has no position.");

    public override void SetLength(long value) => throw new NotSupportedException("A connection has no length.");
}
