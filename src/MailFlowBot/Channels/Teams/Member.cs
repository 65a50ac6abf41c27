using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>A member of a conversation as the connector tells it. Some endpoints say <c>objectId</c> for <c>aadObjectId</c>.</summary>
internal sealed record Member
{
    public string? Name { get; init; }

    public string? AadObjectId { get; init; }

    public string? ObjectId { get; init; }

    /// <summary>The home tenant; in shared channels not the conversation's.</summary>
    public string? TenantId { get; init; }

    /// <summary><c>user</c>, <c>guest</c>, <c>anonymous</c>.</summary>
    public string? UserRole { get; init; }

    /// <summary>
    /// The person behind an activity. Whatever could not be established makes a guest: a guest may neither ask nor approve.
    /// </summary>
    /// <param name="member">Null when it could not be fetched.</param>
    /// <param name="tenants">Home tenants that are served; empty: any.</param>
    public static Person Person(ActivityAccount from, Member? member, IReadOnlySet<Guid> tenants)
    {
        var told = Id(from.AadObjectId);
        var fetched = Id(member?.AadObjectId ?? member?.ObjectId);
        var tenant = Id(member?.TenantId);
        var established = told != Guid.Empty && told == fetched && tenant != Guid.Empty
            && (tenants.Count == 0 || tenants.Contains(tenant))
            && !from.Id!.StartsWith(BotPrefix, StringComparison.Ordinal)
            && member?.UserRole is { Length: > 0 } role
            && !role.Equals("guest", StringComparison.OrdinalIgnoreCase) && !role.Equals("anonymous", StringComparison.OrdinalIgnoreCase);
        return new Person(told, tenant, Label(member?.Name ?? from.Name ?? from.AadObjectId ?? from.Id!), IsGuest: !established);
    }

    /// <summary>Prefix of bots' ids; people have <c>29:</c>.</summary>
    internal const string BotPrefix = "28:";

    private const int MaxLabelLength = 128;

    private static Guid Id(string? text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;

    private static string Label(string name) => name.Length <= MaxLabelLength ? name : name[..MaxLabelLength];
}
