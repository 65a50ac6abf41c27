namespace MailFlowBot.Remote.Sessions;

/// <summary>Whether a session is over, and why: the first reason is the cause, what follows are its consequences.</summary>
internal sealed class SessionEnd : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private RemoteException? _reason;

    public SessionEnd() => Token = _over.Token;

    /// <summary>Fires when the session is over: nothing is waited for then.</summary>
    public CancellationToken Token { get; }

    /// <summary>Null while it lives, and when it was closed in order.</summary>
    public RemoteException? Reason => Volatile.Read(ref _reason);

    public void Because(RemoteException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _over.Cancel();
    }

    public Task CloseAsync() => _over.CancelAsync();

    public void Dispose() => _over.Dispose();
}
