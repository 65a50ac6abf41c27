using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>What one account may have at one endpoint; the defaults are Exchange's and Windows'.</summary>
/// <param name="Shells">PowerShellMaxConcurrency of Exchange's default throttling policy.</param>
/// <param name="CommandsPerShell">MaxConcurrentCommandsPerShell.</param>
/// <param name="EnvelopeSize">MaxEnvelopeSize, bytes.</param>
internal sealed record LabQuotas(int Shells = 18, int CommandsPerShell = 1000, int EnvelopeSize = 512000)
{
    /// <summary>Receives in waiting; Windows allows 1500.</summary>
    public int Operations { get; init; } = 1500;

    /// <summary>How long a shell may be without a Receive before it counts as disconnected; Windows: about two minutes.</summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Which of the two codes that Windows has for a quota of a user is given.</summary>
    public QuotaWording Wording { get; init; } = QuotaWording.Plugin;

    public TimeSpan IdleTimeOut { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan MaxIdleTimeOut { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Commands in <see cref="ThrottleWindow"/> after which Exchange answers with the text that names a waiting time; null never does.
    /// </summary>
    public int? CommandsPerWindow { get; init; }

    public TimeSpan ThrottleWindow { get; init; } = TimeSpan.FromSeconds(10);
}
