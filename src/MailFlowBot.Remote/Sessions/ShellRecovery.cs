using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Receives that survive a lost connection. A Receive whose answer was lost is sent again with its message id, over and over until the
/// recovery window has passed: WinRM then repeats the answer, so nothing is missed. A shell that the server took for left alone is
/// reconnected.
/// </summary>
internal sealed class ShellRecovery(ShellLink link, ShellReconnection reconnection, RemoteSessionOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>One Receive on the shell's stream or a command's. Faults that say what only the caller can judge are values.</summary>
    /// <exception cref="ConnectionLost">The connection did not come back within the window, or must not be tried again.</exception>
    /// <exception cref="ProtocolViolation">The answers stay damaged.</exception>
    /// <exception cref="ShellTaken">Another client has the shell.</exception>
    public async Task<ReceivedAnswer> ReceiveAsync(CommandId? command, CancellationToken cancellation)
    {
        var request = link.Shell.Receive(command);
        var trouble = new Trouble(time);
        while (true)
        {
            try
            {
                var seen = reconnection.Count;
                var response = await link.AskAsync(request, cancellation).ConfigureAwait(false);
                if (response is not WsmanResponse.Faulted { Fault: var fault })
                    return new ReceivedAnswer(response, trouble.HasBeen);
                switch (fault.Reaction)
                {
                    case FaultReaction.Taken:
                        throw new ShellTaken($"Another client took the session over: {fault.Text} (code {fault.RawCode}).");
                    case FaultReaction.Reconnect:
                        await reconnection.ReconnectAsync(seen, cancellation).ConfigureAwait(false);

                        // That answer was whole; what the server kept meanwhile comes to a Receive of its own.
                        request = link.Shell.Receive(command);
                        trouble.Demand(options.RecoveryWindow, fault.Text);
                        break;
                    case FaultReaction.Quota:
                        // Operations at a time, or load: the server took nothing away, and asking less often is what it wants.
                        trouble.Demand(options.RecoveryWindow, fault.Text);
                        request = link.Shell.Receive(command);
                        break;
                    default:
                        return new ReceivedAnswer(response, trouble.HasBeen);
                }
            }
            catch (DamagedAnswer e)
            {
                if (trouble.Damaged() > options.DamagedRepeats)
                    throw new ProtocolViolation(e.Message, e);
                continue;
            }
            catch (ConnectionLost e) when (e.IsTransient)
            {
                trouble.Demand(options.RecoveryWindow, e.Message, e);
                trouble.Lost();
            }

            await trouble.PauseAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>How long it has been going wrong, and how long to wait before the next attempt.</summary>
    private sealed class Trouble(TimeProvider time)
    {
        private long _since;
        private int _attempts;
        private int _damaged;

        /// <summary>True when an answer was lost, so that the next may be a repetition.</summary>
        public bool HasBeen { get; private set; }

        public void Lost() => HasBeen = true;

        public int Damaged()
        {
            HasBeen = true;
            return ++_damaged;
        }

        /// <exception cref="ConnectionLost">It has been going wrong for too long.</exception>
        public void Demand(TimeSpan window, string why, Exception? cause = null)
        {
            if (_attempts == 0)
                _since = time.GetTimestamp();
            if (time.GetElapsedTime(_since) >= window)
                throw new ConnectionLost(Delivery.Unknown, $"The connection did not come back within {window.TotalSeconds:0} s: {why}", cause);
        }

        // The first attempt follows at once: most losses are one connection's. Then 0.1 s, doubled each time, with jitter so that the
        // sessions of a server that comes back do not arrive together.
        public Task PauseAsync(CancellationToken cancellation)
        {
            var attempt = _attempts++;
            if (attempt == 0)
                return Task.CompletedTask;
            var pause = TimeSpan.FromSeconds(0.1 * Math.Pow(2, Math.Min(attempt - 1, 10)) * (0.75 + (Random.Shared.NextDouble() / 2)));
            return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellation);
        }
    }
}
