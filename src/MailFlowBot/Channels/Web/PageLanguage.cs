namespace MailFlowBot.Channels.Web;

/// <summary>The languages that the page speaks.</summary>
internal static class PageLanguage
{
    /// <returns><c>en</c>, <c>ja</c>, or null for anything else: then the host decides.</returns>
    public static string? Of(string? language) => language is "en" or "ja" ? language : null;
}
