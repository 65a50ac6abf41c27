using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// What a client may ask about the runspaces of its open pool (MS-PSRP 2.2.2.6, .7, .11, .31). Each gives the bytes to send on the pool's
/// stream <c>stdin</c>; the answer is <see cref="PoolEvent.RunspacesAnswered"/>.
/// </summary>
internal sealed class RunspaceQuestions
{
    private readonly Outbox _outbox;
    private readonly HashSet<long> _open = [];
    private long _lastCall;

    internal RunspaceQuestions(Outbox outbox) => _outbox = outbox;

    /// <summary>Answered by true or false: whether the pool now has this many.</summary>
    public ReadOnlyMemory<byte> SetMaxRunspaces(int count) => Ask(MessageType.SetMaxRunspaces, PsrpNames.MaxRunspaces, count);

    /// <inheritdoc cref="SetMaxRunspaces"/>
    public ReadOnlyMemory<byte> SetMinRunspaces(int count) => Ask(MessageType.SetMinRunspaces, PsrpNames.MinRunspaces, count);

    /// <summary>Answered by their number.</summary>
    public ReadOnlyMemory<byte> GetAvailableRunspaces() => Ask(MessageType.GetAvailableRunspaces);

    /// <summary>Clears variables and the like of a pool with one runspace; answered by true or false. Protocol 2.3 and later.</summary>
    public ReadOnlyMemory<byte> ResetRunspaceState() => Ask(MessageType.ResetRunspaceState);

    /// <summary>The event for an answer; nothing is said of one that nobody asked for.</summary>
    internal PoolEvent Read(PsObject body)
    {
        var call = Body.Int64(body, PsrpNames.CallId);
        if (!_open.Remove(call))
            return new PoolEvent.Ignored(MessageType.RunspaceAvailability);
        return PsObject.Unwrap(body[PsrpNames.AvailabilityResponse]) switch
        {
            bool done => new PoolEvent.RunspacesAnswered(call, done, null),
            _ => new PoolEvent.RunspacesAnswered(call, IsDone: true, Body.Int64(body, PsrpNames.AvailabilityResponse)),
        };
    }

    private ReadOnlyMemory<byte> Ask(MessageType type, string? property = null, int count = 0)
    {
        var body = new PsObject();
        if (property is not null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            body.Extended[property] = count;
        }

        body.Extended[PsrpNames.CallId] = ++_lastCall;
        _open.Add(_lastCall);
        return _outbox.Write(type, body);
    }
}
