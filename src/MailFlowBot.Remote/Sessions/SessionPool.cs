using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// One session for each endpoint, opened on demand and shared: Exchange counts shells and connections per account. Calls to one
/// endpoint run one after the other in their order; endpoints do not wait for each other.
/// </summary>
/// <remarks><para><c>open</c>: opens a session to the endpoint of that name.</para></remarks>
internal sealed class SessionPool(Func<EndpointName, CancellationToken, Task<RemoteSession>> open) : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly Dictionary<EndpointName, Slot> _slots = [];
    private bool _disposed;

    /// <inheritdoc cref="RemoteSession.InvokeAsync"/>
    /// <remarks>
    /// A command that certainly was not sent because the session had died meanwhile is sent once more over a new one.
    /// </remarks>
    /// <exception cref="RemoteException">No session could be opened.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<InvocationOutcome> InvokeAsync(EndpointName endpoint, PsCommand command, CancellationToken cancellation)
    {
        var slot = Find(endpoint);
        using var pass = await slot.Gate.EnterAsync(cancellation).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        var (session, isNew) = await slot.SessionAsync(endpoint, open, cancellation).ConfigureAwait(false);
        var outcome = await session.InvokeAsync(command, cancellation).ConfigureAwait(false);
        if (isNew || outcome is not InvocationOutcome.Lost { Delivery: Delivery.NotSent })
            return outcome;
        (session, _) = await slot.SessionAsync(endpoint, open, cancellation).ConfigureAwait(false);
        return await session.InvokeAsync(command, cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for the calls under way and deletes all shells.</summary>
    public async ValueTask DisposeAsync()
    {
        Slot[] slots;
        lock (_sync)
        {
            _disposed = true;
            slots = [.. _slots.Values];
            _slots.Clear();
        }

        foreach (var slot in slots)
        {
            using var pass = await slot.Gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            await slot.CloseAsync().ConfigureAwait(false);
        }
    }

    private Slot Find(EndpointName endpoint)
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_slots.TryGetValue(endpoint, out var slot))
                _slots.Add(endpoint, slot = new Slot());
            return slot;
        }
    }

    private sealed class Slot
    {
        private RemoteSession? _session;

        public FairGate Gate { get; } = new();

        public async Task<(RemoteSession Session, bool IsNew)> SessionAsync(
            EndpointName endpoint, Func<EndpointName, CancellationToken, Task<RemoteSession>> open, CancellationToken cancellation)
        {
            if (_session is { IsBroken: false })
                return (_session, false);
            await CloseAsync().ConfigureAwait(false);
            _session = await open(endpoint, cancellation).ConfigureAwait(false);
            return (_session, true);
        }

        public async ValueTask CloseAsync()
        {
            if (_session is { } old)
            {
                _session = null;
                await old.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
