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
    private readonly Inbox _inbox = new(Destination.Server, limits ?? PsrpLimits.Default) { Pipeline = PipelineId.None };
    private readonly Inbox _prompts = new(Destination.Server, limits ?? PsrpLimits.Default) { Pipeline = PipelineId.None };
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
            foreach (var message in inbox.Receive(bytes))
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
        State = RunspacePoolState.NegotiationSucceeded;
        return new PoolRequest.Negotiated(client, answer);
    }

    private PoolRequest.Opened Open(InitRunspacePool init)
    {
        if (State != RunspacePoolState.NegotiationSucceeded)
            throw new PsrpException(PsrpFault.OutOfOrder, $"INIT_RUNSPACEPOOL came in state {State}.");
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

    private Outbox Pool() => new(_fragmenter, Destination.Client, _inbox.Pool ?? default, PipelineId.None);
}
