namespace MailFlowBot.Remote.Wsman;

/// <summary>A shell as the server keeps it: who holds it, its own stream and those of its commands.</summary>
internal sealed class ServedShell(ShellDescription description, ShellCaller caller, WsmanRequest.Create request, DateTimeOffset now)
{
    private readonly DateTimeOffset _created = now;
    private ShellCaller _caller = caller;
    private TimeSpan? _idleTimeOut = description.IdleTimeOut;

    public ShellId Id => description.Id;

    public string Owner => _caller.User;

    public MessageId CreatedBy => request.Header.MessageId;

    /// <summary>What Create was answered, for a client that lost it.</summary>
    public WsmanAnswer? Created { get; set; }

    /// <summary>The client session that may use it; null when it gave no id.</summary>
    public Guid? Holder { get; private set; } = request.Header.SessionId;

    public bool IsDisconnected { get; private set; }

    public DateTimeOffset LastSeen { get; set; } = now;

    public ServedStream Stream { get; } = new();

    public Dictionary<CommandId, ServedStream> Commands { get; } = [];

    /// <summary>How many Receives wait.</summary>
    public int Waiting => (Stream.Waiting is null ? 0 : 1) + Commands.Values.Count(stream => stream.Waiting is not null);

    /// <summary>Null when there is no such command.</summary>
    public ServedStream? Find(CommandId? command) =>
        command is not { } id ? Stream : Commands.GetValueOrDefault(id);

    public ShellDescription Describe(DateTimeOffset now) => description with
    {
        IdleTimeOut = _idleTimeOut,
        State = IsDisconnected ? ShellDescription.Disconnected : ShellDescription.Connected,
        ClientIp = _caller.Address,
        RunTime = Seconds(now - _created),
        Inactivity = Seconds(Waiting > 0 ? TimeSpan.Zero : now - LastSeen),
    };

    /// <summary>Why the shell does not take this request; null when it does.</summary>
    public WsmanFault? Refuse(WsmanRequest asked, ShellCaller by)
    {
        if (!string.Equals(by.User, Owner, StringComparison.OrdinalIgnoreCase))
            return ServerFaults.NotYours(Id);
        var isForeign = asked.Header.SessionId is { } session && Holder is { } holder && session != holder;
        return asked switch
        {
            WsmanRequest.Delete or WsmanRequest.Get or WsmanRequest.Connect { CommandId: null } => null,
            WsmanRequest.Reconnect => isForeign ? ServerFaults.InUse(Owner) : null,
            _ when isForeign => ServerFaults.Taken,
            WsmanRequest.Disconnect => null,
            _ => IsDisconnected ? ServerFaults.Disconnected : null,
        };
    }

    public void Disconnect(TimeSpan? idleTimeOut)
    {
        IsDisconnected = true;
        _idleTimeOut = idleTimeOut ?? _idleTimeOut;
        EndReceives(ServerFaults.Disconnected);
    }

    public void Reconnect() => IsDisconnected = false;

    /// <summary>Another session of the same account has it from now on.</summary>
    public void Connect(Guid? session, ShellCaller by)
    {
        if (session != Holder)
            EndReceives(ServerFaults.Taken);
        Holder = session;
        _caller = by;
        IsDisconnected = false;
    }

    /// <summary>Whether nothing was asked of it for so long that it may be ended.</summary>
    public bool IsExpired(DateTimeOffset now) => _idleTimeOut is { } idle && IsAlone(now, idle);

    public bool IsAlone(DateTimeOffset now, TimeSpan time) => Waiting == 0 && now - LastSeen >= time;

    private void EndReceives(WsmanFault fault)
    {
        Stream.End(fault);
        foreach (var stream in Commands.Values)
            stream.End(fault);
    }

    private static TimeSpan Seconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds)));
}
