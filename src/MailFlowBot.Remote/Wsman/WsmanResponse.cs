namespace MailFlowBot.Remote.Wsman;

/// <summary>Bytes of one rsp:Stream element.</summary>
internal sealed record StreamBlock(string Name, CommandId? Command, ReadOnlyMemory<byte> Content);

/// <summary>rsp:CommandState. <see cref="IsDone"/> means that no more output follows.</summary>
internal sealed record CommandState(CommandId? Command, string State, int? ExitCode)
{
    public bool IsDone => string.Equals(State, WsmanNames.StateDone, StringComparison.Ordinal);
}

/// <summary>An answer envelope, typed. Closed: switch over all kinds.</summary>
internal abstract record WsmanResponse
{
    private WsmanResponse(MessageId messageId, MessageId? relatesTo)
    {
        MessageId = messageId;
        RelatesTo = relatesTo;
    }

    public MessageId MessageId { get; init; }

    public MessageId? RelatesTo { get; init; }

    internal sealed record Created(MessageId MessageId, MessageId? RelatesTo, ShellDescription Shell) : WsmanResponse(MessageId, RelatesTo);

    internal sealed record CommandAccepted(MessageId MessageId, MessageId? RelatesTo, CommandId Id) : WsmanResponse(MessageId, RelatesTo);

    /// <summary>The order of <paramref name="Blocks"/> is the order of the bytes.</summary>
    internal sealed record Received(MessageId MessageId, MessageId? RelatesTo, IReadOnlyList<StreamBlock> Blocks, CommandState? State)
        : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Sent(MessageId MessageId, MessageId? RelatesTo) : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Signalled(MessageId MessageId, MessageId? RelatesTo) : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Deleted(MessageId MessageId, MessageId? RelatesTo) : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Disconnected(MessageId MessageId, MessageId? RelatesTo) : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Reconnected(MessageId MessageId, MessageId? RelatesTo) : WsmanResponse(MessageId, RelatesTo);

    /// <summary><paramref name="ConnectResponseXml"/> holds PSRP fragments; empty for a command.</summary>
    internal sealed record Connected(MessageId MessageId, MessageId? RelatesTo, ReadOnlyMemory<byte> ConnectResponseXml)
        : WsmanResponse(MessageId, RelatesTo);

    internal sealed record Described(MessageId MessageId, MessageId? RelatesTo, ShellDescription Shell) : WsmanResponse(MessageId, RelatesTo);

    /// <summary>
    /// A list, or part of one: with a <paramref name="Context"/> a Pull brings more. Answers Enumerate and Pull, shells and commands.
    /// </summary>
    internal sealed record Enumerated(
        MessageId MessageId,
        MessageId? RelatesTo,
        IReadOnlyList<ShellDescription> Shells,
        IReadOnlyList<CommandDescription> Commands,
        string? Context,
        bool IsPull) : WsmanResponse(MessageId, RelatesTo);

    /// <summary>Who answers (DSP0226 chapter 11), each as the server words it.</summary>
    internal sealed record Identified(
        string ProtocolVersion, string? ProductVendor, string? ProductVersion, IReadOnlyList<string> SecurityProfiles)
        : WsmanResponse(new MessageId(string.Empty), null);

    internal sealed record Faulted(MessageId MessageId, MessageId? RelatesTo, WsmanFault Fault) : WsmanResponse(MessageId, RelatesTo);

    /// <summary>An answer to an action that this side does not use.</summary>
    internal sealed record Other(MessageId MessageId, MessageId? RelatesTo, string Action) : WsmanResponse(MessageId, RelatesTo);
}
