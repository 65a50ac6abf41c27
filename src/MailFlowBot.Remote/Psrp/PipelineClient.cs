namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The client's machine for one pipeline: NotStarted, Running, perhaps Stopping, then Completed, Failed or Stopped. Made by <see
/// cref="RunspacePoolClient"/>.
/// </summary>
internal sealed class PipelineClient
{
    private readonly Outbox _outbox;
    private readonly Inbox _inbox;
    private readonly MessageType _type;
    private readonly object? _body;
    private readonly PoolSecrets _secrets;
    private bool _broken;

    internal PipelineClient(PipelineId id, Outbox outbox, Inbox inbox, PoolSecrets secrets, MessageType type, object body)
    {
        Id = id;
        _outbox = outbox;
        _inbox = inbox;
        _secrets = secrets;
        _type = type;
        _body = body;
    }

    /// <summary>One that runs already, started by an earlier client of the pool.</summary>
    internal PipelineClient(PipelineId id, Outbox outbox, Inbox inbox, PoolSecrets secrets)
    {
        Id = id;
        _outbox = outbox;
        _inbox = inbox;
        _secrets = secrets;
        State = PipelineState.Running;
    }

    public PipelineId Id { get; }

    public PipelineState State { get; private set; } = PipelineState.NotStarted;

    public bool IsEnded => State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped;

    /// <summary>The request as fragments. The first goes into the Command, the others follow by Send on <c>stdin</c>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Start()
    {
        if (State != PipelineState.NotStarted)
            throw new InvalidOperationException($"A pipeline starts once; it is {State}.");
        State = PipelineState.Running;
        return _outbox.Cut(_type, _body);
    }

    /// <summary>One object of input; only when the request said that input follows.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Input(object? value) => _outbox.Cut(MessageType.PipelineInput, _secrets.Seal(value));

    public IReadOnlyList<ReadOnlyMemory<byte>> EndInput() => _outbox.CutEmpty(MessageType.EndOfPipelineInput);

    /// <summary>
    /// Notes that a stop signal goes out. What arrives until the end still counts, and the end may be Completed all the same.
    /// </summary>
    public void Stop()
    {
        if (State == PipelineState.Running)
            State = PipelineState.Stopping;
    }

    /// <summary>Takes a block of the pipeline's stream; <see cref="Next"/> reads it.</summary>
    /// <param name="block">Stays the caller's and must not change until <see cref="Next"/> has said null.</param>
    /// <exception cref="PsrpException">The server sent too much, or the pipeline was not started or broke.</exception>
    public void Feed(ReadOnlyMemory<byte> block)
    {
        if (_broken || State == PipelineState.NotStarted)
            throw new PsrpException(PsrpFault.OutOfOrder, "A pipeline that was not started, or broke, receives nothing.");
        try
        {
            _inbox.Feed(block);
        }
        catch (PsrpException)
        {
            _broken = true;
            throw;
        }
    }

    /// <summary>The next event of the block; null when it holds no more. Nothing is read before it is asked for.</summary>
    /// <exception cref="PsrpException">The server broke the protocol; how the pipeline ended is unknown.</exception>
    public PipelineEvent? Next()
    {
        try
        {
            return !_inbox.TryRead(out var message) ? null : IsEnded ? new PipelineEvent.Ignored(message.Type) : Read(message);
        }
        catch (PsrpException)
        {
            _broken = true;
            throw;
        }
    }

    /// <summary>All events of a block. Those before a fault are lost with it; <see cref="Next"/> gives them.</summary>
    /// <exception cref="PsrpException">The server broke the protocol; how the pipeline ended is unknown.</exception>
    public IReadOnlyList<PipelineEvent> Receive(ReadOnlyMemory<byte> block)
    {
        Feed(block);
        var events = new List<PipelineEvent>();
        while (Next() is { } happened)
            events.Add(happened);
        return events;
    }

    /// <inheritdoc cref="Defragmenter.Settle"/>
    public void Settle() => _inbox.Settle();

    /// <inheritdoc cref="Defragmenter.Replay"/>
    public void Replay() => _inbox.Replay();

    /// <summary>The transport says that nothing more follows.</summary>
    /// <exception cref="PsrpException">It stopped inside a message.</exception>
    public void Complete() => _inbox.Complete();

    private PipelineEvent Read(in PsrpMessage message)
    {
        switch (message.Type)
        {
            case MessageType.PipelineOutput:
                return new PipelineEvent.OutputReceived(Body.Value(message));
            case MessageType.ErrorRecord:
                return new PipelineEvent.ErrorReceived(ErrorRecord.Read(Body.Object(message)));
            case MessageType.WarningRecord:
                return new PipelineEvent.WarningReceived(InformationalRecord.Read(Body.Object(message)));
            case MessageType.VerboseRecord:
                return new PipelineEvent.VerboseReceived(InformationalRecord.Read(Body.Object(message)));
            case MessageType.DebugRecord:
                return new PipelineEvent.DebugReceived(InformationalRecord.Read(Body.Object(message)));
            case MessageType.ProgressRecord:
                return new PipelineEvent.ProgressReceived(ProgressRecord.Read(Body.Object(message)));
            case MessageType.InformationRecord:
                return new PipelineEvent.InformationReceived(InformationRecord.Read(Body.Object(message)));
            case MessageType.PipelineHostCall:
                var call = HostCall.Read(Body.Object(message));
                return new PipelineEvent.HostCallRefused(
                    call, call.WantsAnswer ? _outbox.Write(MessageType.PipelineHostResponse, call.Refusal()) : default);
            case MessageType.PipelineState:
                var change = PipelineStateChange.Read(Body.Object(message));
                if (!change.IsEnd)
                    return new PipelineEvent.Ignored(message.Type);
                State = change.State;
                return new PipelineEvent.Ended(change.State, change.Reason);
            default:
                return new PipelineEvent.Ignored(message.Type);
        }
    }
}
