using MailFlowBot.Access;
using MailFlowBot.Approvals;
using MailFlowBot.Remote.Endpoints;

namespace MailFlowBot.Settings;

/// <summary>The whole configuration, read and checked.</summary>
/// <param name="Public">The listener that is reached from outside.</param>
/// <param name="Internal">The listener for health and pages; the public one while there is no registration.</param>
/// <param name="DataFolder">Where the store, the keys and the agent's journal are.</param>
internal sealed record BotSettings(
    Uri Public, Uri Internal, string OrganizationId, AccessList Access, ApprovalRules Approvals, TimeSpan ApprovalExpiry, string DataFolder)
{
    /// <summary>The real organisation; null: a simulated one.</summary>
    public RemoteOrganization? Remote { get; init; }

    /// <summary>Set where the organisation is real.</summary>
    public AgentSettings? Agent { get; init; }

    /// <summary>
    /// Nothing can be approved: nobody in the playground has shown who they are, and the organisation is real and no laboratory.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>What works and is hardly meant, such as that nobody may ask.</summary>
    public IReadOnlyList<SettingFault> Warnings { get; init; } = [];

    public string StorePath => Path.Combine(DataFolder, "incidents.db");

    public string SigningKeyPath => Path.Combine(DataFolder, "signing-key.pem");

    /// <summary>What the agent did to the real organisation; a simulated one is forgotten with its journal.</summary>
    public string JournalPath => Path.Combine(DataFolder, "agent-journal.jsonl");
}
