namespace MailFlowBot.Remote.Approvals;

/// <summary>What the agent itself knows when a grant arrives; nothing of it comes from whoever sent the grant.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="Epoch">Its present start.</param>
/// <param name="Registered">Digest of the plan registered under the plan's nonce; null when there is none.</param>
/// <param name="Spent">Whether that nonce was taken.</param>
/// <param name="Frozen">Whether changes are frozen.</param>
/// <param name="Now">By the agent's clock.</param>
public sealed record AgentStanding(
    AgentName Agent, BootEpoch Epoch, PlanDigest? Registered, bool Spent, bool Frozen, DateTimeOffset Now);
