namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The server's machine for one pipeline. Methods give the bytes to send on the pipeline's stream. Made by <see
/// cref="RunspacePoolServer"/>.
/// </summary>
internal sealed class PipelineServer
{
    private readonly Fragmenter _fragmenter;
    private readonly PoolId _pool;
    private readonly PsrpLimits _limits;
    private Inbox _inbox;
    private Inbox _prompts;

    internal PipelineServer(Fragmenter fragmenter, PoolId pool, PsrpLimits limits)
    {
        _fragmenter = fragmenter;
        _pool = pool;
        _limits = limits;
        _inbox = new Inbox(Destination.Server, limits) { Pool = pool };
        _prompts = new Inbox(Destination.Server, limits) { Pool = pool };
    }

    /// <summary>As the client's messages name it; null until the first has arrived.</summary>
    public PipelineId? Id => _inbox.Pipeline;

    public PipelineState State { get; private set; } = PipelineState.NotStarted;

    /// <summary>Bytes of the Command, or of the stream <c>stdin</c>.</summary>
    /// <exception cref="PsrpException">The client broke the protocol.</exception>
    public IReadOnlyList<PipelineRequest> Receive(ReadOnlyMemory<byte> bytes) => Receive(_inbox, bytes);

    /// <summary>Bytes of the stream <c>pr</c>, whose fragments are counted for themselves.</summary>
    /// <exception cref="PsrpException">The client broke the protocol.</exception>
    public IReadOnlyList<PipelineRequest> ReceivePrompt(ReadOnlyMemory<byte> bytes)
    {
        _prompts.Pipeline = _inbox.Pipeline;
        return Receive(_prompts, bytes);
    }

    /// <summary>
    /// A new client has connected to the running command: it counts its objects anew, and what the former left unfinished goes.
    /// </summary>
    public void Connect()
    {
        _inbox = new Inbox(Destination.Server, _limits) { Pool = _pool, Pipeline = _inbox.Pipeline };
        _prompts = new Inbox(Destination.Server, _limits) { Pool = _pool };
    }

    public ReadOnlyMemory<byte> Output(object? value) => Outbox().Write(MessageType.PipelineOutput, value);

    public ReadOnlyMemory<byte> Error(ErrorRecord error) => Outbox().Write(MessageType.ErrorRecord, error.ToObject());

    public ReadOnlyMemory<byte> Warning(string text) => Record(MessageType.WarningRecord, text);

    public ReadOnlyMemory<byte> Verbose(string text) => Record(MessageType.VerboseRecord, text);

    public ReadOnlyMemory<byte> Debug(string text) => Record(MessageType.DebugRecord, text);

    public ReadOnlyMemory<byte> Progress(ProgressRecord record) => Outbox().Write(MessageType.ProgressRecord, record.ToObject());

    public ReadOnlyMemory<byte> Information(InformationRecord record) => Outbox().Write(MessageType.InformationRecord, record.ToObject());

    public ReadOnlyMemory<byte> CallHost(HostCall call, params object?[] parameters) =>
        Outbox().Write(MessageType.PipelineHostCall, call.ToObject(parameters));

    /// <summary>The end of the pipeline; the last thing that it sends.</summary>
    /// <param name="state">Completed, Failed or Stopped.</param>
    /// <param name="reason">The terminating error; recorded servers give one with Failed and Stopped.</param>
    public ReadOnlyMemory<byte> End(PipelineState state, ErrorRecord? reason = null)
    {
        var change = new PipelineStateChange(state, reason);
        if (!change.IsEnd)
            throw new ArgumentOutOfRangeException(nameof(state), state, "Completed, Failed and Stopped end a pipeline.");
        State = state;
        return Outbox().Write(MessageType.PipelineState, change.ToObject());
    }

    private List<PipelineRequest> Receive(Inbox inbox, ReadOnlyMemory<byte> bytes)
    {
        var requests = new List<PipelineRequest>();
        inbox.Feed(bytes);
        while (inbox.TryRead(out var message))
            requests.Add(Read(message));
        return requests;
    }

    private PipelineRequest Read(in PsrpMessage message)
    {
        switch (message.Type)
        {
            case MessageType.CreatePipeline:
                Begin(message.Type);
                return new PipelineRequest.Run(CreatePipeline.Read(Body.Object(message)));
            case MessageType.GetCommandMetadata:
                Begin(message.Type);
                return new PipelineRequest.Metadata(GetCommandMetadata.Read(Body.Object(message)));
            case MessageType.PipelineInput:
                return new PipelineRequest.InputReceived(Body.Value(message));
            case MessageType.EndOfPipelineInput:
                return new PipelineRequest.InputEnded();
            case MessageType.PipelineHostResponse:
                return new PipelineRequest.HostAnswered(HostResponse.Read(Body.Object(message)));
            default:
                return new PipelineRequest.Ignored(message.Type);
        }
    }

    private Outbox Outbox() => new(_fragmenter, Destination.Client, _pool, _inbox.Pipeline ?? PipelineId.None);

    private void Begin(MessageType type)
    {
        if (State != PipelineState.NotStarted)
            throw new PsrpException(PsrpFault.OutOfOrder, $"{type} came for a pipeline that is {State}.");
        State = PipelineState.Running;
    }

    private ReadOnlyMemory<byte> Record(MessageType type, string text) => Outbox().Write(type, new InformationalRecord(text).ToObject(type));
}
