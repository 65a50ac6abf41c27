using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>Whether a token may bring this activity: the checks that need both. Pure.</summary>
internal static class ActivityAdmission
{
    public const string Channel = "msteams";

    /// <param name="token">Null where tokens are switched off.</param>
    /// <returns>The address to answer to, or why the activity is refused.</returns>
    public static (ServiceUrl? Address, Refusal? Refusal) Check(Activity activity, TokenVerdict.Accepted? token, TeamsSettings settings)
    {
        if (activity.ChannelId != Channel)
            return (null, Refusal.Forbidden("ChannelNotServed", "Only the channel msteams is served."));
        // Keys are per channel: another channel's key must not speak for Teams.
        if (token is not null && !token.Endorsements.Contains(Channel))
            return (null, Refusal.Token(TokenFault.KeyNotEndorsed));
        if (!ServiceUrl.TryParse(activity.ServiceUrl, out var address))
            return (null, Refusal.BadRequest("The activity's \"serviceUrl\" is no address of a connector."));
        // The bot sends its own token to that address: the issuer must have vouched for it.
        if (token is not null && ServiceUrlFault(token.Claims.ServiceUrl, address) is { } fault)
            return (null, Refusal.Token(fault));
        if (!settings.ServiceUrls.Allows(address))
            return (null, Refusal.Forbidden("ServiceUrlNotAllowed", "The service URL is not among Teams:AllowedServiceUrls."));
        if (settings.BotId is { } bot && !string.Equals(activity.Recipient?.Id, bot, StringComparison.OrdinalIgnoreCase))
            return (null, Refusal.Forbidden("RecipientWrong", "The activity is addressed to another bot."));
        return TenantRefusal(activity, settings) is { } foreign ? (null, foreign) : (address, null);
    }

    private static TokenFault? ServiceUrlFault(string? claimed, ServiceUrl address) =>
        claimed is null ? TokenFault.ServiceUrlMissing
        : ServiceUrl.TryParse(claimed, out var claim) && claim.SameAs(address) ? null
        : TokenFault.ServiceUrlDiffers;

    private static Refusal? TenantRefusal(Activity activity, TeamsSettings settings)
    {
        if (settings.Tenants.Count == 0)
            return null;
        // The two places agree when both are there; one that is there and cannot be read counts as foreign.
        var member = activity.ChannelData.Member("tenant").Member("id");
        var told = new List<string?>();
        if (member.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            told.Add(member.Text());
        if (activity.Conversation?.TenantId is { } conversation)
            told.Add(conversation);
        var tenants = told.Select(text => Guid.TryParse(text, out var tenant) ? tenant : Guid.Empty).Distinct().ToList();
        var known = tenants is [var only] && settings.Tenants.Contains(only);
        return known ? null : Refusal.Forbidden("TenantNotServed", "The tenant is not among Teams:AllowedTenants.");
    }
}
