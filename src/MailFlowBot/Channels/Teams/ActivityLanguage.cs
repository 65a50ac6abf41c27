namespace MailFlowBot.Channels.Teams;

/// <summary>The writer's language as the client told it.</summary>
internal static class ActivityLanguage
{
    /// <returns><c>en</c>, <c>ja</c>, or null for every other language.</returns>
    public static string? Of(Activity activity)
    {
        var locale = activity.Locale
            ?? activity.Entities.Items().FirstOrDefault(entity => entity.TextOf("type") == "clientInfo").TextOf("locale");
        return locale?.Split('-')[0].ToUpperInvariant() switch
        {
            "EN" => "en",
            "JA" => "ja",
            _ => null,
        };
    }
}
