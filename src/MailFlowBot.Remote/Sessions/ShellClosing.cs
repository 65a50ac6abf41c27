using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>Deletes a session's shell, once, which ends whatever still runs there. A shell that another client took is left alone.</summary>
internal sealed class ShellClosing(ShellLink link, SessionEnd end, RemoteSessionOptions options, TimeProvider time)
{
    private readonly FairGate _gate = new();
    private ShellId? _asked;
    private bool? _deleted;

    /// <summary>True once the server confirmed it.</summary>
    public bool IsDeleted => _deleted == true;

    /// <summary>To be called before the shell is asked for: from then on there may be one.</summary>
    public void Opening(ShellId shell)
    {
        _asked = shell;
        options.Ledger?.Opening(shell, options.Shell.ResourceUri);
    }

    /// <summary>To be called with the id that the server gave it; nearly always the one that was asked for.</summary>
    public void Opened(ShellId shell)
    {
        if (_asked is { } asked && asked != shell)
        {
            options.Ledger?.Opening(shell, options.Shell.ResourceUri);
            options.Ledger?.Closed(asked);
        }

        _asked = shell;
    }

    /// <summary>To be called when there certainly is none.</summary>
    public void NotOpened()
    {
        if (_asked is { } shell)
            options.Ledger?.Closed(shell);
        _asked = null;
    }

    /// <summary>True when the server said that it deleted the shell, which therefore existed until now; false when nobody knows.</summary>
    public async Task<bool> DeleteAsync()
    {
        using var pass = await _gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        if (_deleted is { } known)
            return known;
        if (_asked is not { } shell)
            return false;
        if (end.Reason is ShellTaken)
            options.Ledger?.Closed(shell);
        else
            _deleted = await AskAsync(shell).ConfigureAwait(false);
        return IsDeleted;
    }

    private async Task<bool> AskAsync(ShellId shell)
    {
        // A Create without an answer: the shell bears the id that we chose, if there is one. The ledger remembers it for the next start,
        // so that nobody needs to wait for a dead server here.
        var isKnown = link.Shell.Shell is not null;
        using var limit = new CancellationTokenSource(isKnown ? options.StopTimeout : options.AnswerMargin, time);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var request = isKnown
                    ? link.Shell.Delete()
                    : new EnumerationClient(options.Shell, Guid.NewGuid).Delete(new ShellDescription(shell, options.Shell.ResourceUri));
                var answer = await link.AskAsync(request, limit.Token).ConfigureAwait(false);

                // A fault that says that the shell is gone is what was wanted, but not since when.
                if (answer is WsmanResponse.Deleted or WsmanResponse.Faulted { Fault.IsShellGone: true })
                    options.Ledger?.Closed(shell);
                return answer is WsmanResponse.Deleted;
            }
            catch (RemoteException) when (attempt == 0)
            {
                // Once more over another connection: a leaked shell counts against the account until its idle time is over.
            }
            catch (RemoteException e)
            {
                end.Because(e);
                return false;
            }
            catch (OperationCanceledException e)
            {
                end.Because(new ConnectionLost(Delivery.Unknown, "The server did not delete the shell in time.", e));
                return false;
            }
        }
    }
}
