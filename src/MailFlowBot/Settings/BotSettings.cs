using MailFlowBot.Access;
using MailFlowBot.Approvals;

namespace MailFlowBot.Settings;

/// <summary>The whole configuration, read and checked.</summary>
/// <param name="Public">The listener that is reached from outside.</param>
/// <param name="Internal">The listener for health and pages; the public one while there is no registration.</param>
/// <param name="DataFolder">Where the store, the keys and the agent's journal are.</param>
internal sealed record BotSettings(
    Uri Public, Uri Internal, string OrganizationId, AccessList Access, ApprovalRules Approvals, TimeSpan ApprovalExpiry, string DataFolder)
{
    public string StorePath => Path.Combine(DataFolder, "incidents.db");

    public string SigningKeyPath => Path.Combine(DataFolder, "signing-key.pem");
}
