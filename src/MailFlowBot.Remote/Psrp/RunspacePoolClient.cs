using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The client's machine for a runspace pool: BeforeOpen, NegotiationSent, NegotiationSucceeded, Opened, then Closed or Broken; or
/// BeforeOpen, Connecting, Opened for a pool that another client opened. Opened and Disconnected may alternate.
/// Bytes in, events out; no I/O. Methods that write are to be called by one thread at a time; <see cref="Receive"/> likewise.
/// </summary>
internal sealed class RunspacePoolClient
{
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private readonly PsrpLimits _limits;
    private readonly ObjectNumbers _numbers = new();
    private readonly PoolSecrets _secrets = new();
    private KeyPair? _pair;

    public RunspacePoolClient(PoolId id, PsrpLimits? limits = null)
    {
        Id = id;
        _limits = limits ?? PsrpLimits.Default;
        _inbox = NewInbox();
        _outbox = new Outbox(Fragmenter, Destination.Server, id, PipelineId.None);
        Runspaces = new RunspaceQuestions(_outbox);
    }

    public PoolId Id { get; }

    public RunspacePoolState State { get; private set; } = RunspacePoolState.BeforeOpen;

    /// <summary>Set <see cref="Fragmenter.BlobSize"/> to what the transport carries in one request.</summary>
    public Fragmenter Fragmenter { get; } = new();

    /// <summary>Questions about the pool's runspaces, to be asked when it is open.</summary>
    public RunspaceQuestions Runspaces { get; }

    /// <summary>
    /// To be set when the transport encrypts (TLS, or message encryption): only then are secrets sent to servers of protocol 2.4 and later.
    /// </summary>
    public bool IsTransportEncrypted
    {
        get => _secrets.IsTransportEncrypted;
        set => _secrets.IsTransportEncrypted = value;
    }

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

    /// <summary>
    /// SESSION_CAPABILITY and CONNECT_RUNSPACEPOOL, the <c>connectXml</c> of a Connect to a pool that another client opened.
    /// </summary>
    public ReadOnlyMemory<byte> Connect(ConnectRunspacePool? wish = null)
    {
        Require(State == RunspacePoolState.BeforeOpen, "is connected once");
        State = RunspacePoolState.Connecting;
        return Fragmenter.Join(
        [
            .. _outbox.Cut(MessageType.SessionCapability, SessionCapability.Ours.ToObject()),
            .. _outbox.Cut(MessageType.ConnectRunspacePool, (wish ?? new ConnectRunspacePool()).ToObject()),
        ]);
    }

    /// <summary>
    /// The <c>connectResponseXml</c> that answers: the server's versions and the pool's size, after which the pool is open. What the
    /// server says of itself follows on the pool's stream.
    /// </summary>
    /// <exception cref="PsrpException">The server broke the protocol or speaks another version; the pool is broken.</exception>
    public IReadOnlyList<PoolEvent> ReceiveConnectResponse(ReadOnlyMemory<byte> response)
    {
        Require(State == RunspacePoolState.Connecting, "takes a response to its Connect only");
        return Guarded(() =>
        {
            // Not a part of the pool's stream: what the server kept for that one may have lower ids.
            var inbox = NewInbox();
            var events = ReadAll(inbox, response);
            inbox.Complete();
            return State == RunspacePoolState.Opened
                ? events
                : throw new PsrpException(PsrpFault.OutOfOrder, "The server answered a Connect without RUNSPACEPOOL_INIT_DATA.");
        });
    }

    /// <summary>Notes that the shell was disconnected; the server keeps pool and pipelines, and their output until it is full.</summary>
    public void Disconnect()
    {
        Require(State == RunspacePoolState.Opened, "is disconnected when it is open");
        State = RunspacePoolState.Disconnected;
    }

    /// <summary>Notes that the shell was reconnected by this same client.</summary>
    public void Reconnect()
    {
        Require(State == RunspacePoolState.Disconnected, "is reconnected when it is disconnected");
        State = RunspacePoolState.Opened;
    }

    /// <summary>What a pipeline's secrets still need; ask before <see cref="CreatePipeline"/>.</summary>
    public KeyNeed KeyNeeded(CreatePipeline request) => request.Values.Select(_secrets.Need).DefaultIfEmpty(KeyNeed.None).Max();

    /// <summary>
    /// PUBLIC_KEY (MS-PSRP 2.2.2.3), to be sent on the pool's stream <c>stdin</c>: because a secret needs it, or because the server asked.
    /// The answer is <see cref="PoolEvent.KeyReceived"/>. Once per pool.
    /// </summary>
    /// <param name="pair">Made for this pool by <see cref="PoolKeys.NewPair"/>.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> OfferKey(KeyPair pair)
    {
        Require(State == RunspacePoolState.Opened && _pair is null, "offers its key once, when it is open");
        _pair = pair;
        return _outbox.Cut(MessageType.PublicKey, new PsObject { Extended = { [PsrpNames.PublicKey] = pair.PublicKey } });
    }

    /// <summary>A secure string that the server sent, in clear.</summary>
    /// <exception cref="PsrpException">There was no key exchange, or it is not encrypted with this pool's key.</exception>
    public SecretText Reveal(PsSecureString secret) => _secrets.Reveal(secret);

    /// <summary>A pipeline of commands, not started yet.</summary>
    /// <exception cref="InvalidOperationException">The pool was never open, or <see cref="KeyNeeded"/> is not None.</exception>
    /// <exception cref="PsrpException">The pool has ended.</exception>
    public PipelineClient CreatePipeline(PipelineId id, CreatePipeline request)
    {
        RequireOpen();
        return Pipeline(id, MessageType.CreatePipeline, request.ToObject(_secrets));
    }

    /// <summary>
    /// A pipeline that answers with the commands which the endpoint allows (see <see cref="CommandMetadata"/>).
    /// </summary>
    public PipelineClient GetCommandMetadata(PipelineId id, GetCommandMetadata request) =>
        Pipeline(id, MessageType.GetCommandMetadata, request.ToObject());

    /// <summary>
    /// A pipeline that runs already: started by an earlier client of this pool, connected to by its id. To be received from, and stopped.
    /// </summary>
    public PipelineClient ResumePipeline(PipelineId id)
    {
        RequireOpen();

        // Its first objects went to the earlier client, so what was before the first that comes says nothing.
        return new PipelineClient(id, PipelineOutbox(id), PipelineInbox(id, holesAfter: ulong.MaxValue), _secrets);
    }

    /// <exception cref="PsrpException">The server broke the protocol or speaks another version; the pool is broken.</exception>
    public IReadOnlyList<PoolEvent> Receive(ReadOnlyMemory<byte> bytes)
    {
        if (State is RunspacePoolState.BeforeOpen or RunspacePoolState.Connecting or RunspacePoolState.Broken)
            throw new PsrpException(PsrpFault.OutOfOrder, $"A pool in state {State} receives nothing.");
        return Guarded(() => ReadAll(_inbox, bytes));
    }

    /// <inheritdoc cref="Defragmenter.Settle"/>
    public void Settle() => _inbox.Settle();

    /// <inheritdoc cref="Defragmenter.Replay"/>
    public void Replay() => _inbox.Replay();

    /// <summary>The connection is gone: nothing more can be sent or received.</summary>
    public void Break() => State = RunspacePoolState.Broken;

    private PipelineClient Pipeline(PipelineId id, MessageType type, object body)
    {
        RequireOpen();
        return new PipelineClient(id, PipelineOutbox(id), PipelineInbox(id, _numbers.Highest), _secrets, type, body);
    }

    private void RequireOpen()
    {
        var wasOpened = State is not (RunspacePoolState.BeforeOpen or RunspacePoolState.Connecting or RunspacePoolState.NegotiationSent
            or RunspacePoolState.NegotiationSucceeded);
        Require(wasOpened, "takes pipelines only when it is open");
        if (State != RunspacePoolState.Opened)
            throw new PsrpException(PsrpFault.OutOfOrder, $"The pool takes no more pipelines; it is {State}.");
    }

    private Inbox NewInbox() => new(Destination.Client, _limits, _numbers) { Pool = Id, Pipeline = PipelineId.None };

    private Outbox PipelineOutbox(PipelineId id) => new(Fragmenter, Destination.Server, Id, id);

    private Inbox PipelineInbox(PipelineId id, ulong holesAfter) =>
        new(Destination.Client, _limits, _numbers, holesAfter) { Pool = Id, Pipeline = id };

    private List<PoolEvent> ReadAll(Inbox inbox, ReadOnlyMemory<byte> bytes)
    {
        var events = new List<PoolEvent>();
        inbox.Feed(bytes);
        while (inbox.TryRead(out var message))
            events.Add(Read(message));
        return events;
    }

    private List<PoolEvent> Guarded(Func<List<PoolEvent>> read)
    {
        try
        {
            return read();
        }
        catch (PsrpException)
        {
            State = RunspacePoolState.Broken;
            throw;
        }
    }

    private PoolEvent Read(in PsrpMessage message)
    {
        switch (message.Type)
        {
            case MessageType.SessionCapability:
                return Negotiate(SessionCapability.Read(Body.Object(message)));
            case MessageType.RunspacePoolState:
                return Change(RunspacePoolStateChange.Read(Body.Object(message)));
            case MessageType.RunspaceAvailability:
                return Runspaces.Read(Body.Object(message));
            case MessageType.PublicKeyRequest:
                // Asked again while the answer is under way, or when it was given unasked: there is nothing more to say.
                return State == RunspacePoolState.Opened && _pair is null ? new PoolEvent.KeyRequested() : new PoolEvent.Ignored(message.Type);
            case MessageType.EncryptedSessionKey:
                return TakeKey(Body.Text(Body.Object(message), PsrpNames.EncryptedSessionKey));
            case MessageType.RunspacePoolInitData:
                return Connected(RunspacePoolSize.Read(Body.Object(message)));
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
        if (State is not (RunspacePoolState.NegotiationSent or RunspacePoolState.Connecting) || Server is not null)
            throw new PsrpException(PsrpFault.OutOfOrder, $"SESSION_CAPABILITY came in state {State}.");
        if (!server.IsServerForUs())
        {
            throw new PsrpException(
                PsrpFault.VersionMismatch,
                $"The server speaks protocol {server.Protocol}, PSVersion {server.PowerShell}, serialization {server.Serialization};"
                + " needed are 2.1 or later of 2, 2 and 1.1.");
        }

        Server = server;
        _secrets.Protocol = server.Protocol;
        if (State == RunspacePoolState.NegotiationSent)
            State = RunspacePoolState.NegotiationSucceeded;
        return new PoolEvent.Negotiated(server);
    }

    private PoolEvent.KeyReceived TakeKey(string encrypted)
    {
        if (_pair is null || _secrets.Key is not null)
            throw new PsrpException(PsrpFault.OutOfOrder, "ENCRYPTED_SESSION_KEY came unasked or twice.");
        _secrets.Key = _pair.Open(encrypted);
        return new PoolEvent.KeyReceived();
    }

    private PoolEvent.Connected Connected(RunspacePoolSize size)
    {
        if (State != RunspacePoolState.Connecting || Server is null)
            throw new PsrpException(PsrpFault.OutOfOrder, $"RUNSPACEPOOL_INIT_DATA came in state {State}.");
        State = RunspacePoolState.Opened;
        return new PoolEvent.Connected(size);
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
