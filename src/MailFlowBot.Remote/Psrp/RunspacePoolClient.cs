namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The client's machine for a runspace pool: BeforeOpen, NegotiationSent, NegotiationSucceeded, Opened, then Closed or Broken.
/// Bytes in, events out; no I/O. Methods that write are to be called by one thread at a time; <see cref="Receive"/> likewise.
/// </summary>
internal sealed class RunspacePoolClient
{
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private readonly PsrpLimits _limits;

    public RunspacePoolClient(PoolId id, PsrpLimits? limits = null)
    {
        Id = id;
        _limits = limits ?? PsrpLimits.Default;
        _inbox = new Inbox(Destination.Client, _limits) { Pool = id, Pipeline = PipelineId.None };
        _outbox = new Outbox(Fragmenter, Destination.Server, id, PipelineId.None);
    }

    public PoolId Id { get; }

    public RunspacePoolState State { get; private set; } = RunspacePoolState.BeforeOpen;

    /// <summary>Set <see cref="Fragmenter.BlobSize"/> to what the transport carries in one request.</summary>
    public Fragmenter Fragmenter { get; } = new();

    /// <summary>The server's versions; null until it said them.</summary>
    public SessionCapability? Server { get; private set; }

    /// <summary>The negotiation: SESSION_CAPABILITY and INIT_RUNSPACEPOOL, which travel with the creation of the shell.</summary>
    public ReadOnlyMemory<byte> Open(InitRunspacePool? init = null)
    {
        Require(State == RunspacePoolState.BeforeOpen, "is opened once");
        State = RunspacePoolState.NegotiationSent;
        return Fragmenter.Join(
        [
            .. _outbox.Cut(MessageType.SessionCapability, SessionCapability.Ours.ToObject()),
            .. _outbox.Cut(MessageType.InitRunspacePool, (init ?? new InitRunspacePool()).ToObject()),
        ]);
    }

    /// <summary>A pipeline of commands, not started yet.</summary>
    public PipelineClient CreatePipeline(PipelineId id, CreatePipeline request) => Pipeline(id, MessageType.CreatePipeline, request.ToObject());

    /// <summary>
    /// A pipeline that answers with the commands which the endpoint allows (see <see cref="CommandMetadata"/>).
    /// </summary>
    public PipelineClient GetCommandMetadata(PipelineId id, GetCommandMetadata request) =>
        Pipeline(id, MessageType.GetCommandMetadata, request.ToObject());

    /// <exception cref="PsrpException">The server broke the protocol or speaks another version; the pool is broken.</exception>
    public IReadOnlyList<PoolEvent> Receive(ReadOnlyMemory<byte> bytes)
    {
        if (State is RunspacePoolState.BeforeOpen or RunspacePoolState.Broken)
            throw new PsrpException(PsrpFault.OutOfOrder, $"A pool in state {State} receives nothing.");
        try
        {
            var events = new List<PoolEvent>();
            foreach (var message in _inbox.Receive(bytes))
                events.Add(Read(message));
            return events;
        }
        catch (PsrpException)
        {
            State = RunspacePoolState.Broken;
            throw;
        }
    }

    /// <summary>The connection is gone: nothing more can be sent or received.</summary>
    public void Break() => State = RunspacePoolState.Broken;

    private PipelineClient Pipeline(PipelineId id, MessageType type, object body)
    {
        var wasOpened = State is not (RunspacePoolState.BeforeOpen or RunspacePoolState.NegotiationSent or RunspacePoolState.NegotiationSucceeded);
        Require(wasOpened, "takes pipelines only when it is open");
        if (State != RunspacePoolState.Opened)
            throw new PsrpException(PsrpFault.OutOfOrder, $"The pool takes no more pipelines; it is {State}.");
        var inbox = new Inbox(Destination.Client, _limits) { Pool = Id, Pipeline = id };
        return new PipelineClient(id, new Outbox(Fragmenter, Destination.Server, Id, id), inbox, type, body);
    }

    private PoolEvent Read(in PsrpMessage message)
    {
        switch (message.Type)
        {
            case MessageType.SessionCapability:
                return Negotiate(SessionCapability.Read(Body.Object(message)));
            case MessageType.RunspacePoolState:
                return Change(RunspacePoolStateChange.Read(Body.Object(message)));
            case MessageType.ApplicationPrivateData:
                return new PoolEvent.PrivateDataReceived(ApplicationPrivateData.Read(Body.Object(message)));
            case MessageType.RunspacePoolHostCall:
                var call = HostCall.Read(Body.Object(message));
                return new PoolEvent.HostCallRefused(
                    call, call.WantsAnswer ? _outbox.Write(MessageType.RunspacePoolHostResponse, call.Refusal()) : default);
            default:
                return new PoolEvent.Ignored(message.Type);
        }
    }

    private PoolEvent.Negotiated Negotiate(SessionCapability server)
    {
        if (State != RunspacePoolState.NegotiationSent)
            throw new PsrpException(PsrpFault.OutOfOrder, $"SESSION_CAPABILITY came in state {State}.");
        if (!server.IsServerForUs())
        {
            throw new PsrpException(
                PsrpFault.VersionMismatch,
                $"The server speaks protocol {server.Protocol}, PSVersion {server.PowerShell}, serialization {server.Serialization};"
                + " needed are 2.1 or later of 2, 2 and 1.1.");
        }

        Server = server;
        State = RunspacePoolState.NegotiationSucceeded;
        return new PoolEvent.Negotiated(server);
    }

    private PoolEvent Change(RunspacePoolStateChange change)
    {
        switch (change.State)
        {
            case RunspacePoolState.Opened when State == RunspacePoolState.NegotiationSucceeded:
                State = RunspacePoolState.Opened;
                return new PoolEvent.Opened();
            case RunspacePoolState.Opened:
                throw new PsrpException(PsrpFault.OutOfOrder, $"The server opened the pool in state {State}.");
            case RunspacePoolState.Closing:
                State = RunspacePoolState.Closing;
                return new PoolEvent.Closing();
            case RunspacePoolState.Closed:
                State = RunspacePoolState.Closed;
                return new PoolEvent.Closed(change.Reason);
            case RunspacePoolState.Broken:
                State = RunspacePoolState.Broken;
                return new PoolEvent.Broken(change.Reason);
            default:
                return new PoolEvent.Ignored(MessageType.RunspacePoolState);
        }
    }

    private void Require(bool legal, string what)
    {
        if (!legal)
            throw new InvalidOperationException($"A pool {what}; it is {State}.");
    }
}
