namespace MailFlowBot.Remote.Wsman;

/// <summary>The output of a shell or command that no Receive has fetched yet.</summary>
internal sealed class ServedStream
{
    private readonly LinkedList<ReadOnlyMemory<byte>> _waiting = new();

    /// <summary>Set when nothing more will be added.</summary>
    public bool IsDone { get; set; }

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The Receive that waits; a newer one takes its place.</summary>
    public ReceiveTicket? Waiting { get; set; }

    /// <summary>
    /// What the last Receive was answered, kept for a client that lost the answer and asks again with the same message id.
    /// </summary>
    public (MessageId MessageId, WsmanAnswer Answer)? Last { get; set; }

    /// <summary>What Command was answered, for a client that lost it; null for the shell's own stream.</summary>
    public (MessageId MessageId, WsmanAnswer Answer)? Started { get; init; }

    /// <summary>Ends the Receive that waits; output stays for whoever comes next.</summary>
    public void End(WsmanFault fault)
    {
        Waiting?.End(fault);
        Waiting = null;
    }

    public void Add(ReadOnlyMemory<byte> content)
    {
        if (!content.IsEmpty)
            _waiting.AddLast(content);
    }

    /// <summary>
    /// Takes blocks of at most <paramref name="budget"/> bytes in all, each with <paramref name="overhead"/> bytes beside its
    /// content; the last one is cut if need be.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take(int budget, int overhead)
    {
        var taken = new List<ReadOnlyMemory<byte>>();
        while (_waiting.First is { } first && budget > overhead)
        {
            var room = budget - overhead;
            var block = first.Value;
            if (block.Length > room)
            {
                // A block may be cut anywhere: the client puts bytes together, not elements.
                taken.Add(block[..room]);
                first.Value = block[room..];
                break;
            }

            taken.Add(block);
            _waiting.RemoveFirst();
            budget -= block.Length + overhead;
        }

        return taken;
    }
}
