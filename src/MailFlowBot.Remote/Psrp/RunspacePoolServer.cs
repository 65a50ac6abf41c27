using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The server's machine for a runspace pool: waits for the capability, then the pool's settings, then is open. Bytes in, events
/// out; no I/O.
/// </summary>
internal sealed class RunspacePoolServer(ApplicationPrivateData privateData, PsrpLimits? limits = null)
{
    private readonly PsrpLimits _limits = limits ?? PsrpLimits.Default;
    private readonly Fragmenter _fragmenter = new();
    private Inbox _inbox = NewInbox(limits);
    private Inbox _prompts = NewInbox(limits);
    private RunspacePoolSize _size = new(1, 1);
    private PoolSecrets _secrets = new();
    private string? _publicKey;
    private bool _refused;

    public RunspacePoolState State { get; private set; } = RunspacePoolState.BeforeOpen;

    /// <summary>Bytes of the stream <c>stdin</c>, or of the shell's creation.</summary>
    /// <exception cref="PsrpException">The client broke the protocol; the pool is broken.</exception>
    public IReadOnlyList<PoolRequest> Receive(ReadOnlyMemory<byte> bytes) => Receive(_inbox, bytes);

    /// <summary>Bytes of the stream <c>pr</c>, whose fragments are counted for themselves.</summary>
    /// <exception cref="PsrpException">The client broke the protocol; the pool is broken.</exception>
    public IReadOnlyList<PoolRequest> ReceivePrompt(ReadOnlyMemory<byte> bytes)
    {
        _prompts.Pool = _inbox.Pool;
        return Receive(_prompts, bytes);
    }

    /// <summary>PUBLIC_KEY_REQUEST (MS-PSRP 2.2.2.5): the client is to offer its key, because a secret is to be sent to it.</summary>
    public ReadOnlyMemory<byte> RequestKey() => Pool().Write(MessageType.PublicKeyRequest, string.Empty);

    /// <summary>ENCRYPTED_SESSION_KEY (MS-PSRP 2.2.2.4), the answer to <see cref="PoolRequest.KeyOffered"/>.</summary>
    /// <param name="key">Made for this pool by <see cref="PoolKeys.NewSessionKey"/>.</param>
    /// <exception cref="PsrpException">The client's key is none.</exception>
    public ReadOnlyMemory<byte> GiveKey(SessionKey key)
    {
        if (_publicKey is null || _secrets.Key is not null)
            throw new InvalidOperationException("A session key is given once, to a client that offered its own.");
        var sealedKey = KeyPair.Seal(key, _publicKey);
        _secrets.Key = key;
        return Pool().Write(MessageType.EncryptedSessionKey, new PsObject { Extended = { [PsrpNames.EncryptedSessionKey] = sealedKey } });
    }

    /// <inheritdoc cref="PoolSecrets.Seal(object?)"/>
    public object? Seal(object? value) => _secrets.Seal(value);

    /// <inheritdoc cref="PoolSecrets.Reveal"/>
    public SecretText Reveal(PsSecureString secret) => _secrets.Reveal(secret);

    /// <summary>
    /// The <c>connectXml</c> of a client that takes the pool over. From then on it is the one whose bytes come; call <see
    /// cref="PipelineServer.Connect"/> for each pipeline that it connects to.
    /// </summary>
    /// <exception cref="PsrpException">The client broke the protocol or speaks another version; the pool stays as it was.</exception>
    public PoolRequest.Connected Connect(ReadOnlyMemory<byte> connectXml)
    {
        if (State is not (RunspacePoolState.Opened or RunspacePoolState.Disconnected))
            throw new PsrpException(PsrpFault.OutOfOrder, $"A client connects to a pool that is {State}.");
        var inbox = NewInbox(limits);
        inbox.Pool = _inbox.Pool;
        inbox.Feed(connectXml);
        var client = SessionCapability.Read(Body.Object(Next(inbox, MessageType.SessionCapability)));
        if (!client.IsClientForUs())
            throw new PsrpException(PsrpFault.VersionMismatch, $"The client speaks protocol {client.Protocol}; this is {SessionCapability.Ours.Protocol}.");
        var wish = ConnectRunspacePool.Read(Body.Value(Next(inbox, MessageType.ConnectRunspacePool)));
        if (inbox.TryRead(out var further))
            throw new PsrpException(PsrpFault.OutOfOrder, $"A client connects with {further.Type} behind what is due.");
        inbox.Complete();
        (_inbox, _prompts) = (inbox, NewInbox(limits));

        // The new client has another key pair.
        (_secrets, _publicKey) = (Agreed(client), null);
        State = RunspacePoolState.Opened;
        var response = Fragmenter.Join(
        [
            .. Pool().Cut(MessageType.SessionCapability, SessionCapability.AnswerTo(client).ToObject()),
            .. Pool().Cut(MessageType.RunspacePoolInitData, _size.ToObject()),
        ]);
        return new PoolRequest.Connected(wish, Pool().Write(MessageType.ApplicationPrivateData, privateData.ToObject()), response);
    }

    /// <summary>The machine for a pipeline that the client starts. Only an open pool takes one.</summary>
    /// <exception cref="PsrpException">The pool is not open.</exception>
    public PipelineServer Accept() => State == RunspacePoolState.Opened && _inbox.Pool is { } pool
        ? new PipelineServer(_fragmenter, pool, _limits)
        : throw new PsrpException(PsrpFault.OutOfOrder, $"A pipeline was started while the pool is {State}.");

    /// <summary>A change of the pool that the client is to be told.</summary>
    public ReadOnlyMemory<byte> Change(RunspacePoolState state, ErrorRecord? reason = null)
    {
        State = state;
        return Pool().Write(MessageType.RunspacePoolState, new RunspacePoolStateChange(state, reason).ToObject());
    }

    /// <summary>A call of the client's host that belongs to no pipeline.</summary>
    public ReadOnlyMemory<byte> CallHost(HostCall call, params object?[] parameters) =>
        Pool().Write(MessageType.RunspacePoolHostCall, call.ToObject(parameters));

    private List<PoolRequest> Receive(Inbox inbox, ReadOnlyMemory<byte> bytes)
    {
        if (State == RunspacePoolState.Broken)
            throw new PsrpException(PsrpFault.OutOfOrder, "A broken pool receives nothing.");
        try
        {
            var requests = new List<PoolRequest>();
            inbox.Feed(bytes);
            while (inbox.TryRead(out var message))
                requests.Add(_refused ? new PoolRequest.Ignored(message.Type) : Read(message));
            return requests;
        }
        catch (PsrpException)
        {
            State = RunspacePoolState.Broken;
            throw;
        }
    }

    private PoolRequest Read(in PsrpMessage message)
    {
        switch (message.Type)
        {
            case MessageType.SessionCapability:
                return Negotiate(SessionCapability.Read(Body.Object(message)));
            case MessageType.InitRunspacePool:
                return Open(InitRunspacePool.Read(Body.Object(message)));
            case MessageType.PublicKey:
                if (State != RunspacePoolState.Opened || _publicKey is not null)
                    throw new PsrpException(PsrpFault.OutOfOrder, $"PUBLIC_KEY came twice, or in state {State}.");
                _publicKey = Body.Text(Body.Object(message), PsrpNames.PublicKey);
                return new PoolRequest.KeyOffered();
            case MessageType.SetMaxRunspaces or MessageType.SetMinRunspaces or MessageType.ResetRunspaceState or MessageType.GetAvailableRunspaces:
                return Availability(message);
            case MessageType.RunspacePoolHostResponse:
                return new PoolRequest.HostAnswered(HostResponse.Read(Body.Object(message)));
            default:
                return new PoolRequest.Ignored(message.Type);
        }
    }

    private PoolRequest Negotiate(SessionCapability client)
    {
        if (State != RunspacePoolState.BeforeOpen)
            throw new PsrpException(PsrpFault.OutOfOrder, $"SESSION_CAPABILITY came in state {State}.");
        _refused = !client.IsClientForUs();
        var answer = Pool().Write(MessageType.SessionCapability, SessionCapability.AnswerTo(client).ToObject());
        if (_refused)
            return new PoolRequest.VersionRefused(client, answer);
        _secrets = Agreed(client);
        State = RunspacePoolState.NegotiationSucceeded;
        return new PoolRequest.Negotiated(client, answer);
    }

    private PoolRequest.Opened Open(InitRunspacePool init)
    {
        if (State != RunspacePoolState.NegotiationSucceeded)
            throw new PsrpException(PsrpFault.OutOfOrder, $"INIT_RUNSPACEPOOL came in state {State}.");
        _size = new RunspacePoolSize(init.MinRunspaces, init.MaxRunspaces);
        var about = Pool().Write(MessageType.ApplicationPrivateData, privateData.ToObject());
        return new PoolRequest.Opened(init, Fragmenter.Join([about, Change(RunspacePoolState.Opened)]));
    }

    // The pool keeps its one runspace whatever is asked: false says so, and 1 is free to a client that asks between pipelines.
    private PoolRequest.AvailabilityAsked Availability(in PsrpMessage message)
    {
        object response = message.Type switch
        {
            MessageType.GetAvailableRunspaces => 1,
            MessageType.ResetRunspaceState => true,
            _ => false,
        };
        var body = new PsObject
        {
            Extended =
            {
                [PsrpNames.AvailabilityResponse] = response,
                [PsrpNames.CallId] = Body.Int64(Body.Object(message), PsrpNames.CallId),
            },
        };
        return new PoolRequest.AvailabilityAsked(message.Type, Pool().Write(MessageType.RunspaceAvailability, body));
    }

    private static PoolSecrets Agreed(SessionCapability client) => new() { Protocol = SessionCapability.AnswerTo(client).Protocol };

    private static Inbox NewInbox(PsrpLimits? limits) =>
        new(Destination.Server, limits ?? PsrpLimits.Default) { Pipeline = PipelineId.None };

    private static PsrpMessage Next(Inbox inbox, MessageType due) =>
        inbox.TryRead(out var message) && message.Type == due
            ? message
            : throw new PsrpException(PsrpFault.OutOfOrder, $"A client connects with {message.Type} where {due} is due.");

    private Outbox Pool() => new(_fragmenter, Destination.Client, _inbox.Pool ?? default, PipelineId.None);
}
