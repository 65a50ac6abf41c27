namespace MailFlowBot.Remote.Wsman;

/// <summary>A request on its way, with what is needed to check its answer.</summary>
internal sealed record PendingRequest(WsmanRequest Request, ReadOnlyMemory<byte> Envelope);

/// <summary>
/// The client's machine for one shell: writes requests, checks answers, keeps what the server said about the shell. No I/O; the
/// caller carries the bytes. Safe for several requests in flight.
/// </summary>
/// <remarks>
/// <para><c>newId</c>: Source of message ids.</para>
/// </remarks>
internal sealed class ShellClient(ShellOptions options, Func<Guid> newId)
{
    private static readonly WsmanOption KeepAlive = new(WsmanNames.KeepAliveOption, "True");
    private static readonly WsmanOption SkipShell = new(WsmanNames.SkipShellOption, "False");

    private readonly Guid _session = newId();
    private volatile ShellDescription? _shell;
    private volatile int _maxEnvelopeSize = options.MaxEnvelopeSize;

    /// <summary>What the server said; null until created.</summary>
    public ShellDescription? Shell => _shell;

    /// <summary>Bytes. Raise it once the server has said protocolversion 2.2 or later.</summary>
    public int MaxEnvelopeSize
    {
        get => _maxEnvelopeSize;
        set => _maxEnvelopeSize = value;
    }

    /// <summary>Most bytes of PSRP that one Command or Send carries.</summary>
    /// <exception cref="InvalidOperationException">The envelope size of the options is too small for any payload.</exception>
    public int PayloadPerRequest()
    {
        var longest = RequestWriter.Write(new WsmanRequest.Send(Header([]), WsmanNames.StandardInput, new CommandId(Guid.Empty), default));
        var command = RequestWriter.Write(new WsmanRequest.Command(Header([SkipShell]), new CommandId(Guid.Empty), default));
        var payload = EnvelopeBudget.Payload(MaxEnvelopeSize, Math.Max(longest.Length, command.Length));
        return payload >= 64
            ? payload
            : throw new InvalidOperationException(
                $"MaxEnvelopeSize {MaxEnvelopeSize} leaves no room for a payload; {ShellOptions.DefaultMaxEnvelopeSize} is usual.");
    }

    public PendingRequest Create(Guid shell, ReadOnlyMemory<byte> creationXml) => Pend(new WsmanRequest.Create(
        Header([new WsmanOption(WsmanNames.ProtocolVersionOption, options.ProtocolVersion, MustComply: true)]),
        ShellId.From(shell),
        options.Name,
        options.IdleTimeOut,
        $"{WsmanNames.StandardInput} {WsmanNames.PromptResponse}",
        WsmanNames.StandardOutput,
        creationXml));

    public PendingRequest Command(CommandId command, ReadOnlyMemory<byte> arguments) =>
        Pend(new WsmanRequest.Command(Header([SkipShell]), command, arguments));

    /// <summary>Asks for output of a command, or of the shell itself when <paramref name="command"/> is null.</summary>
    public PendingRequest Receive(CommandId? command) =>
        Pend(new WsmanRequest.Receive(Header([KeepAlive]), command, WsmanNames.StandardOutput));

    public PendingRequest Send(string stream, CommandId? command, ReadOnlyMemory<byte> content) =>
        Pend(new WsmanRequest.Send(Header([]), stream, command, content));

    public PendingRequest Stop(CommandId command) => Pend(new WsmanRequest.Signal(Header([]), command, WsmanNames.StopSignal));

    /// <summary>Frees the command on the server; to be sent after every pipeline.</summary>
    public PendingRequest Terminate(CommandId command) => Pend(new WsmanRequest.Signal(Header([]), command, WsmanNames.TerminateSignal));

    public PendingRequest Delete() => Pend(new WsmanRequest.Delete(Header([])));

    /// <summary>
    /// Reads the answer to a request. A fault is a value; anything that is no answer to this request is an exception.
    /// </summary>
    /// <exception cref="WsmanException">No envelope, not related to the request, or of another kind.</exception>
    public WsmanResponse Accept(PendingRequest pending, ReadOnlyMemory<byte> answer)
    {
        var response = ResponseReader.Read(answer);

        // A fault about the envelope itself may lack RelatesTo: the server could not read the id.
        var related = response.RelatesTo is { } id ? id == pending.Request.Header.MessageId : response is WsmanResponse.Faulted;
        if (!related)
        {
            throw new WsmanException(
                EnvelopeFault.NotRelated,
                $"The answer relates to {response.RelatesTo?.Value ?? "nothing"}, the request was {pending.Request.Header.MessageId}.");
        }

        if (response is WsmanResponse.Faulted)
            return response;
        var expected = pending.Request switch
        {
            WsmanRequest.Create => response is WsmanResponse.Created,
            WsmanRequest.Command command => response is WsmanResponse.CommandAccepted accepted && accepted.Id == command.Id,
            WsmanRequest.Receive receive => response is WsmanResponse.Received received && Belongs(received, receive.CommandId),
            WsmanRequest.Send => response is WsmanResponse.Sent,
            WsmanRequest.Signal => response is WsmanResponse.Signalled,
            WsmanRequest.Delete => response is WsmanResponse.Deleted,
            _ => false,
        };
        if (!expected)
        {
            throw new WsmanException(
                EnvelopeFault.Unexpected,
                $"The answer to {pending.Request.GetType().Name} is {response.GetType().Name} or belongs to another command.");
        }

        if (response is WsmanResponse.Created created)
            _shell = created.Shell;
        return response;
    }

    private static bool Belongs(WsmanResponse.Received received, CommandId? command) =>
        received.Blocks.All(block => block.Command == command) && (received.State?.Command is null || received.State.Command == command);

    private static PendingRequest Pend(WsmanRequest request) => new(request, RequestWriter.Write(request));

    private RequestHeader Header(IReadOnlyList<WsmanOption> with) => new(
        MessageId.From(newId()),
        options.To,
        _shell?.ResourceUri ?? options.ResourceUri,
        MaxEnvelopeSize,
        options.OperationTimeout,
        _session,
        _shell?.Id,
        with);
}
