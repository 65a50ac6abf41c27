using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Where a freeze was set, which decides where it can be lifted.</summary>
public enum FreezeOrigin
{
    /// <summary>By a reader in the channel; two approvals lift it.</summary>
    Channel,

    /// <summary>On the agent's own host; lifted only there (AISVS 9.1.3).</summary>
    Host,
}

/// <param name="By">Who; null for a freeze on the host.</param>
public sealed record FreezeState(FreezeOrigin Origin, PersonId? By, string Reason, DateTimeOffset At);
