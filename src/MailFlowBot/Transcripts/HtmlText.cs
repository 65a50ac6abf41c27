namespace MailFlowBot.Transcripts;

/// <summary>Text inside HTML elements and quoted attributes (HTML 13.1.2) that stays text.</summary>
internal static class HtmlText
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>What <see cref="Escape"/> was given.</summary>
    public static string Unescape(string text) => text
        .Replace("&#39;", "'", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}
