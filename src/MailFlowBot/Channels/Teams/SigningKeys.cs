namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The issuer's keys, kept for a day. A key id that is not among them makes one refresh, at most every five minutes and shared by all
/// who wait: strangers must not be able to make the bot hammer the issuer. When the issuer is down, the last good set stays.
/// </summary>
internal sealed class SigningKeys(KeySource source, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenRefreshes = TimeSpan.FromMinutes(5);

    // While there are no keys at all nobody can be served, so the next try comes soon.
    private static readonly TimeSpan BetweenFirstTries = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private IReadOnlyDictionary<string, SigningKey>? _keys;
    private DateTimeOffset _loaded;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;
    private DateTimeOffset _refreshed = DateTimeOffset.MinValue;
    private Task? _running;

    /// <summary>The key, or null when the issuer has none with this id.</summary>
    /// <exception cref="KeysUnreadable">No key set could be had yet.</exception>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (Due() is { } due)
            await due.WaitAsync(cancellationToken).ConfigureAwait(false);
        var keys = Volatile.Read(ref _keys) ?? throw new KeysUnreadable("The issuer's signing keys could not be had yet.");
        if (keys.TryGetValue(keyId, out var key))
            return key;
        if (Refresh() is { } refresh)
            await refresh.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Volatile.Read(ref _keys)!.GetValueOrDefault(keyId);
    }

    /// <summary>The load that must be waited for because there is no set, or only one that is too old.</summary>
    private Task? Due()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_keys is not null && now - _loaded < Lifetime)
                return null;
            var pause = _keys is null ? BetweenFirstTries : BetweenRefreshes;
            return _running ?? (now - _tried < pause ? null : Start(now));
        }
    }

    private Task? Refresh()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_running is not null || now - _refreshed < BetweenRefreshes)
                return _running;
            _refreshed = now;
            return Start(now);
        }
    }

    private Task Start(DateTimeOffset now)
    {
        _tried = now;
        // On its own token: the one who asked first may go away while others wait.
        return _running = Task.Run(LoadAsync);
    }

    private async Task LoadAsync()
    {
        try
        {
            var keys = await source.FetchAsync(CancellationToken.None).ConfigureAwait(false);
            lock (_gate)
            {
                _keys = keys;
                _loaded = time.GetUtcNow();
            }

            TeamsLog.KeysLoaded(logger, keys.Count);
        }
        catch (KeysUnreadable exception)
        {
            TeamsLog.KeysUnreadable(logger, exception);
        }
        finally
        {
            lock (_gate)
                _running = null;
        }
    }
}
