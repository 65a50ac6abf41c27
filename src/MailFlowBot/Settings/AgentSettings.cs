using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Settings;

/// <summary>The execution agent in this process.</summary>
/// <param name="Policy">What it lets itself be asked; without a file, nothing.</param>
/// <param name="KeyPath">The key that signs its reports.</param>
/// <param name="TrustedKeys">Keys pinned on this host; empty means this installation's own.</param>
/// <param name="RiskAccepted">A bot in Teams and its agent share this process although the organisation is real.</param>
internal sealed record AgentSettings(
    AgentName Name, AgentPolicy Policy, string KeyPath, IReadOnlyList<TrustedKey> TrustedKeys, AgentLimits Limits, bool RiskAccepted);
