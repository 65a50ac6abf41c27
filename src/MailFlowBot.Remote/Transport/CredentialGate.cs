namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Lets one connection try the credentials first. A wrong password is sent once and never again: several lanes, or repeats, would lock
/// the account.
/// </summary>
internal sealed class CredentialGate : IDisposable
{
    private readonly SemaphoreSlim _first = new(1, 1);
    private volatile bool _isProven;
    private volatile TransportException? _refusal;

    /// <summary>Waits while another lane tries them for the first time.</summary>
    /// <returns>To be disposed when <see cref="Prove"/> or <see cref="Refuse"/> was said, or nothing was learned; null when proven already.</returns>
    /// <exception cref="TransportException">They were refused before.</exception>
    public async Task<Pass?> EnterAsync(CancellationToken cancellation)
    {
        ThrowIfRefused();
        if (_isProven)
            return null;
        await _first.WaitAsync(cancellation).ConfigureAwait(false);
        var pass = new Pass(_first);
        if (_refusal is not null)
        {
            pass.Dispose();
            ThrowIfRefused();
        }

        if (!_isProven)
            return pass;
        pass.Dispose();
        return null;
    }

    /// <summary>A server has accepted them.</summary>
    public void Prove() => _isProven = true;

    /// <summary>They are wrong.</summary>
    public void Refuse(TransportException reason) => _refusal = reason;

    public void Dispose() => _first.Dispose();

    private void ThrowIfRefused()
    {
        if (_refusal is { } reason)
        {
            throw new TransportException(
                reason.Fault, Delivery.NotSent, $"{reason.Message} It was tried once and is not tried again, so that the account is not locked.", reason)
            {
                Status = reason.Status,
            };
        }
    }

    /// <summary>The right to try.</summary>
    internal sealed class Pass(SemaphoreSlim held) : IDisposable
    {
        private SemaphoreSlim? _held = held;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
