using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// A queue towards another server or group: mail waits in it while none of its members takes mail, and drains once one does.
/// </summary>
/// <param name="number">Last part of the queue's identity.</param>
/// <param name="members">Any one of these takes the mail.</param>
/// <param name="perMinute">Messages a minute that come in for this next hop.</param>
internal sealed class RelayQueue(
    int number, string deliveryType, string nextHop, IReadOnlyList<ServerName> members, double perMinute)
{
    // What a lightly loaded receiver takes; a queue of two hours is empty after about a minute.
    private const double DrainPerMinute = 720;

    // From here on the senders slow down by themselves.
    private const double Fullest = 4000;

    private double _waiting;
    private double _velocity;

    public IReadOnlyList<ServerName> Members => members;

    public int Waiting => (int)_waiting;

    /// <summary>Lets time pass.</summary>
    /// <param name="incoming">The own server takes mail in.</param>
    /// <param name="open">A member takes mail.</param>
    public void Flow(TimeSpan span, bool incoming, bool open)
    {
        var before = _waiting;
        var change = (incoming && !open ? perMinute : 0) - (open ? DrainPerMinute : 0);
        _waiting = Math.Clamp(_waiting + (change * span.TotalMinutes), 0, Fullest);
        if (span > TimeSpan.Zero)
            _velocity = Math.Round((before - _waiting) / span.TotalMinutes / 60, 2);
    }

    public QueueReading Read(ServerName server, bool open) => new(
        $"{server}\\{number}",
        deliveryType,
        open ? Waiting > 0 ? "Active" : "Ready" : Waiting > 0 ? "Retry" : "Ready",
        nextHop,
        Waiting,
        _velocity,
        !open && Waiting > 0 ? "421 4.3.2 Service not active" : null);
}
