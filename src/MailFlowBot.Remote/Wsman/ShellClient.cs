namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// The client's machine for one shell: writes requests, checks answers, keeps what the server said about the shell. No I/O; the
/// caller carries the bytes. Safe for several requests in flight.
/// </summary>
internal sealed class ShellClient
{
    private static readonly WsmanOption KeepAlive = new(WsmanNames.KeepAliveOption, "True");
    private static readonly WsmanOption SkipShell = new(WsmanNames.SkipShellOption, "False");

    private readonly ShellOptions _options;
    private readonly Func<Guid> _newId;
    private volatile ShellDescription? _shell;
    private volatile int _maxEnvelopeSize;

    /// <summary>For a shell to be created.</summary>
    /// <param name="options">How to open and use it.</param>
    /// <param name="newId">Source of message ids, and of the session's id.</param>
    public ShellClient(ShellOptions options, Func<Guid> newId)
        : this(options, newId, newId(), null)
    {
    }

    private ShellClient(ShellOptions options, Func<Guid> newId, Guid session, ShellDescription? shell)
    {
        _options = options;
        _newId = newId;
        _shell = shell;
        _maxEnvelopeSize = options.MaxEnvelopeSize;
        SessionId = session;
    }

    /// <summary>Of this client session; the server lets only the same one Reconnect.</summary>
    public Guid SessionId { get; }

    /// <summary>What the server said; null until created.</summary>
    public ShellDescription? Shell => _shell;

    /// <summary>Bytes. Raise it once the server has said protocolversion 2.2 or later.</summary>
    public int MaxEnvelopeSize
    {
        get => _maxEnvelopeSize;
        set => _maxEnvelopeSize = value;
    }

    /// <summary>
    /// For a shell that is there already: of an earlier run of this client (with its <paramref name="session"/>, to Reconnect), or of
    /// another client (with a new one, to Connect).
    /// </summary>
    public static ShellClient Adopt(ShellOptions options, Func<Guid> newId, ShellId shell, string? resourceUri, Guid session) =>
        new(options, newId, session, new ShellDescription(shell, resourceUri));

    /// <summary>
    /// Most bytes of PSRP that one Command or Send carries: ids have one length, so the longer of the two is filled to the last group.
    /// </summary>
    /// <exception cref="InvalidOperationException">The envelope size of the options is too small for any payload.</exception>
    public int PayloadPerRequest()
    {
        // Before it is created, the shell's id counts as long as the one that we propose.
        var shell = _shell?.Id ?? ShellId.From(Guid.Empty);
        var send = RequestWriter.Write(new WsmanRequest.Send(
            Header([]) with { Shell = shell }, WsmanNames.StandardInput, new CommandId(Guid.Empty), default));
        var command = RequestWriter.Write(new WsmanRequest.Command(
            Header([SkipShell]) with { Shell = shell }, new CommandId(Guid.Empty), default));
        var payload = EnvelopeBudget.Payload(MaxEnvelopeSize, Math.Max(send.Length, command.Length));
        return payload >= 64
            ? payload
            : throw new InvalidOperationException(
                $"MaxEnvelopeSize {MaxEnvelopeSize} leaves no room for a payload; {ShellOptions.DefaultMaxEnvelopeSize} is usual.");
    }

    public PendingRequest Create(Guid shell, ReadOnlyMemory<byte> creationXml) => PendingRequest.For(new WsmanRequest.Create(
        Header([ProtocolVersion]),
        ShellId.From(shell),
        _options.Name,
        _options.IdleTimeOut,
        $"{WsmanNames.StandardInput} {WsmanNames.PromptResponse}",
        WsmanNames.StandardOutput,
        creationXml));

    public PendingRequest Command(CommandId command, ReadOnlyMemory<byte> arguments) =>
        PendingRequest.For(new WsmanRequest.Command(Header([SkipShell]), command, arguments));

    /// <summary>Asks for output of a command, or of the shell itself when <paramref name="command"/> is null.</summary>
    public PendingRequest Receive(CommandId? command) =>
        PendingRequest.For(new WsmanRequest.Receive(Header([KeepAlive]), command, WsmanNames.StandardOutput));

    public PendingRequest Send(string stream, CommandId? command, ReadOnlyMemory<byte> content) =>
        PendingRequest.For(new WsmanRequest.Send(Header([]), stream, command, content));

    public PendingRequest Stop(CommandId command) =>
        PendingRequest.For(new WsmanRequest.Signal(Header([]), command, WsmanNames.StopSignal));

    /// <summary>Frees the command on the server; to be sent after every pipeline.</summary>
    public PendingRequest Terminate(CommandId command) =>
        PendingRequest.For(new WsmanRequest.Signal(Header([]), command, WsmanNames.TerminateSignal));

    /// <summary>
    /// Leaves the shell running without us. <paramref name="idleTimeOut"/>: how long it may be left alone, at most the MaxIdleTimeOut
    /// that the server said; null for what held before.
    /// </summary>
    public PendingRequest Disconnect(TimeSpan? idleTimeOut = null) =>
        PendingRequest.For(new WsmanRequest.Disconnect(Header([]), idleTimeOut));

    /// <summary>Goes on after a Disconnect, or after the server took us for lost. Only for the session that held the shell.</summary>
    public PendingRequest Reconnect() => PendingRequest.For(new WsmanRequest.Reconnect(Header([])));

    /// <summary>
    /// Takes over a shell of another session. <paramref name="connectXml"/>: fragments of SESSION_CAPABILITY and CONNECT_RUNSPACEPOOL;
    /// the answer carries those of the server.
    /// </summary>
    public PendingRequest Connect(ReadOnlyMemory<byte> connectXml) =>
        PendingRequest.For(new WsmanRequest.Connect(Header([ProtocolVersion]), null, connectXml));

    /// <summary>Takes over a command of a shell that was taken over; its output comes to a Receive from then on.</summary>
    public PendingRequest Connect(CommandId command) => PendingRequest.For(new WsmanRequest.Connect(Header([]), command, default));

    /// <summary>Asks how the shell is: its state, its owner, how long nothing was asked of it.</summary>
    public PendingRequest Get() =>
        PendingRequest.For(new WsmanRequest.Get(Header([]) with { ResourceUri = WsmanNames.ShellResource }));

    public PendingRequest Delete() => PendingRequest.For(new WsmanRequest.Delete(Header([])));

    /// <summary>To read the answer while it comes in.</summary>
    public AnswerScan Scan(PendingRequest pending) => new(pending.Request, Learn);

    /// <summary>
    /// Reads an answer that is there as a whole. A fault is a value; anything that is no answer to this request is an exception.
    /// </summary>
    /// <exception cref="WsmanException">No envelope, not related to the request, or of another kind.</exception>
    public WsmanResponse Accept(PendingRequest pending, ReadOnlyMemory<byte> answer)
    {
        using var scan = Scan(pending);
        scan.Feed(answer.Span);
        return scan.Finish();
    }

    private void Learn(WsmanResponse response)
    {
        if (response is WsmanResponse.Created created)
            _shell = created.Shell;
    }

    private WsmanOption ProtocolVersion => new(WsmanNames.ProtocolVersionOption, _options.ProtocolVersion, MustComply: true);

    private RequestHeader Header(IReadOnlyList<WsmanOption> with) => new(
        MessageId.From(_newId()),
        _options.To,
        _shell?.ResourceUri ?? _options.ResourceUri,
        MaxEnvelopeSize,
        _options.OperationTimeout,
        SessionId,
        _shell?.Id,
        with);
}
