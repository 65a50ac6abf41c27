using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Sessions to endpoints, opened on demand and shared: Exchange counts shells per account. Calls to one endpoint run one after the other
/// in their order; endpoints do not wait for each other, but all sessions of an account share its <see cref="ShellBudget"/>.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly Func<EndpointName, CancellationToken, Task<RemoteSession>> _open;
    private readonly SessionPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _sync = new();
    private readonly Dictionary<EndpointName, EndpointSlot> _slots = [];
    private readonly Dictionary<string, AccountState> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private bool _disposed;

    /// <param name="open">Opens a session to the endpoint of that name.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <param name="time">A real clock; null takes the system's.</param>
    public SessionPool(
        Func<EndpointName, CancellationToken, Task<RemoteSession>> open, SessionPoolOptions? options = null, TimeProvider? time = null)
    {
        _open = open;
        _options = options ?? new SessionPoolOptions();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// Runs a command that changes nothing. It may be sent again when its outcome got lost, and once after the wait that a throttling
    /// server asks for.
    /// </summary>
    /// <inheritdoc cref="RemoteSession.InvokeAsync"/>
    /// <exception cref="RemoteException">No session could be opened.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<InvocationOutcome> InvokeReadAsync(EndpointName endpoint, PsCommand command, CancellationToken cancellation)
    {
        var slot = Find(endpoint);
        var outcome = await ReadAsync(slot, command, cancellation).ConfigureAwait(false);
        if (ThrottleOf(outcome) is not { } wait)
            return outcome;
        await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
        return await ReadAsync(slot, command, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a command that changes something. It is given to a connection at most once, whatever happens then: only a session that was
    /// dead before is replaced.
    /// </summary>
    /// <inheritdoc cref="InvokeReadAsync"/>
    public async Task<InvocationOutcome> InvokeOnceAsync(EndpointName endpoint, PsCommand command, CancellationToken cancellation)
    {
        var slot = Find(endpoint);
        var outcome = await RunAsync(slot, command, cancellation).ConfigureAwait(false);
        return outcome is InvocationOutcome.Lost { WasPosted: false }
            ? await RunAsync(slot, command, cancellation).ConfigureAwait(false)
            : outcome;
    }

    /// <summary>Waits for the calls under way and deletes all shells.</summary>
    public async ValueTask DisposeAsync()
    {
        EndpointSlot[] slots;
        lock (_sync)
        {
            _disposed = true;
            slots = [.. _slots.Values];
            _slots.Clear();
        }

        await Task.WhenAll(slots.Select(slot => slot.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private Task<InvocationOutcome> ReadAsync(EndpointSlot slot, PsCommand command, CancellationToken cancellation) =>
        slot.Resilience.ReadAsync(token => RunAsync(slot, command, token), cancellation);

    private async Task<InvocationOutcome> RunAsync(EndpointSlot slot, PsCommand command, CancellationToken cancellation)
    {
        var seat = await slot.LendAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
            var session = await slot.SessionAsync(seat, cancellation).ConfigureAwait(false);
            return await slot.RefuseAsync(session, command, cancellation).ConfigureAwait(false)
                ?? await CallAsync(slot.Endpoint, session, command, cancellation).ConfigureAwait(false);
        }
        finally
        {
            slot.Return(seat);
        }
    }

    private async Task<InvocationOutcome> CallAsync(
        EndpointName endpoint, RemoteSession session, PsCommand command, CancellationToken cancellation)
    {
        using var activity = RemoteTelemetry.StartCall(endpoint, command.Name);
        var start = _time.GetTimestamp();
        var how = nameof(OperationFailed);
        try
        {
            var outcome = await session.InvokeAsync(command, cancellation).ConfigureAwait(false);
            how = outcome.GetType().Name;
            return outcome;
        }
        finally
        {
            RemoteTelemetry.Called(activity, endpoint, command.Name, how, _time.GetElapsedTime(start));
        }
    }

    private static TimeSpan? ThrottleOf(InvocationOutcome outcome) => outcome switch
    {
        InvocationOutcome.Failed failed => ThrottleText.Wait(failed.Error),
        InvocationOutcome.Completed { HasErrors: true } partial => partial.Streams.Errors.Select(ThrottleText.Wait).FirstOrDefault(wait => wait is not null),
        _ => null,
    };

    private EndpointSlot Find(EndpointName endpoint)
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_slots.TryGetValue(endpoint, out var slot))
                _slots.Add(endpoint, slot = new EndpointSlot(endpoint, _options, Account(_options.AccountOf(endpoint)), _open, _time));
            return slot;
        }
    }

    private AccountState Account(EndpointAccount account)
    {
        if (!_accounts.TryGetValue(account.Name, out var state))
            _accounts.Add(account.Name, state = new AccountState(account, _options.ShellsPerAccount, () => YieldSoon(account.Name)));
        return state;
    }

    private void YieldSoon(string account)
    {
        EndpointSlot[] slots;
        lock (_sync)
            slots = [.. _slots.Values.Where(slot => string.Equals(_options.AccountOf(slot.Endpoint).Name, account, StringComparison.OrdinalIgnoreCase))];
        foreach (var slot in slots)
            slot.YieldSoon();
    }
}
