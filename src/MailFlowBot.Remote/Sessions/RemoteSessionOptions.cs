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

    /// <summary>How often a Receive whose answer got lost is sent again, with the same message id.</summary>
    public int ReceiveRepeats { get; init; } = 2;

    public PsrpLimits Limits { get; init; } = PsrpLimits.Default;
}
