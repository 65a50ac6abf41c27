namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// What endpoints with the same account share: its places, and whether it is let in at all. A wrong password is tried once, not once at
/// every server: accounts get locked.
/// </summary>
internal sealed class AccountState(EndpointAccount account, int shells, Action wanted)
{
    private readonly FairGate _first = new();
    private AccessRefused? _refused;
    private volatile bool _proven = !account.ByPassword;

    public ShellBudget Budget { get; } = new(shells, wanted);

    /// <exception cref="AccessRefused">Now or before.</exception>
    public async Task<RemoteSession> OpenAsync(Func<CancellationToken, Task<RemoteSession>> open, CancellationToken cancellation)
    {
        if (_proven)
            return await TryAsync(open, cancellation).ConfigureAwait(false);
        using var pass = await _first.EnterAsync(cancellation).ConfigureAwait(false);
        var session = await TryAsync(open, cancellation).ConfigureAwait(false);
        _proven = true;
        return session;
    }

    private async Task<RemoteSession> TryAsync(Func<CancellationToken, Task<RemoteSession>> open, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _refused) is { } before)
        {
            throw new AccessRefused(
                before.Scope,
                $"Not tried again, so that {account.Name} is not locked out; correct the account or its secret and start again. It was refused: {before.Message}",
                before);
        }

        try
        {
            return await open(cancellation).ConfigureAwait(false);
        }
        catch (AccessRefused e) when (e.Scope == RefusedScope.Account)
        {
            Volatile.Write(ref _refused, e);
            throw;
        }
    }
}
