using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>What an agent says about itself.</summary>
/// <param name="Key">Its own key, with which it signs reports.</param>
/// <param name="Freeze">Null when changes are possible.</param>
/// <param name="Running">Plans being carried out now.</param>
/// <param name="Unfinished">Plans begun before the last start whose end was never recorded.</param>
/// <param name="Journal">Hash of the newest journal entry.</param>
public sealed record AgentStatus(
    AgentName Name,
    BootEpoch Epoch,
    OrganizationId Organization,
    PolicyHash Policy,
    KeyId Key,
    FreezeState? Freeze,
    IReadOnlyList<PlanDigest> Running,
    IReadOnlyList<PlanDigest> Unfinished,
    ChainHead Journal);
