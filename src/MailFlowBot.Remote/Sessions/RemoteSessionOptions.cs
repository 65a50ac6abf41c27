using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>How a session is opened and when it gives up.</summary>
internal sealed record RemoteSessionOptions(ShellOptions Shell)
{
    /// <summary>
    /// From the first request to the opened pool. 3 minutes: PowerShell's own value. A server of another version answers its
    /// capability and then nothing.
    /// </summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// From the stop signal to the stopped pipeline; also for the requests that clean up. 60 seconds: PowerShell's own value.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How much longer an answer is waited for than the server was told to hold the request. A proxy or a slow line needs some; more
    /// would only hide a dead connection.
    /// </summary>
    public TimeSpan AnswerMargin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a lost connection may be away before the session is given up. 4 minutes: PowerShell's robust connections.</summary>
    public TimeSpan RecoveryWindow { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How often a Receive is sent again, with the same message id, whose answer came damaged. A line does that once, a server always.</summary>
    public int DamagedRepeats { get; init; } = 2;

    /// <summary>
    /// True when nobody can read along: HTTPS, encrypted messages, or the same process. Servers of protocol 2.4 take secrets in no other
    /// case, because they only encode them.
    /// </summary>
    public bool IsTransportEncrypted { get; init; }

    /// <summary>Where the shell is noted so that a later process can delete it; null keeps no note.</summary>
    public LedgerPage? Ledger { get; init; }

    public PsrpLimits Limits { get; init; } = PsrpLimits.Default;
}
