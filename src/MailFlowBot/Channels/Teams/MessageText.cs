namespace MailFlowBot.Channels.Teams;

/// <summary>What somebody said to the bot: the message without the mention that addressed it. Pure.</summary>
internal static class MessageText
{
    private const string Html = "text/html";

    /// <summary>In a one-to-one chat every message is for the bot; elsewhere those that mention it. The text decides nothing.</summary>
    public static bool IsForBot(Activity activity) =>
        !IsGroup(activity.Conversation!) || Mention.In(activity).Any(mention => mention.Id == activity.Recipient!.Id);

    public static string Of(Activity activity)
    {
        var mentions = Mention.In(activity);
        var html = activity.Attachments.Items()
            .FirstOrDefault(attachment => Html.Equals(attachment.TextOf("contentType"), StringComparison.OrdinalIgnoreCase))
            .TextOf("content");
        var text = html is null ? "" : OfHtml(html, mentions, activity.Recipient!.Id!);
        return text.Length > 0 ? text : OfText(activity.Text ?? "", mentions, activity.Recipient!.Id!);
    }

    private static string OfHtml(string html, IReadOnlyList<Mention> mentions, string bot)
    {
        var left = mentions.Where(mention => mention.Id == bot).Select(mention => mention.Name).ToList();
        return HtmlText.Read(html, (name, item) =>
        {
            // Somebody may carry the bot's name: where the item's number points to them, they stay.
            var other = item is { } at && at < mentions.Count && mentions[at].Id != bot && mentions[at].Name == name;
            return !other && left.Remove(name);
        });
    }

    private static string OfText(string text, IReadOnlyList<Mention> mentions, string bot)
    {
        foreach (var mention in mentions.Where(mention => mention.Text.Length > 0))
        {
            var at = text.IndexOf(mention.Text, StringComparison.Ordinal);
            if (at >= 0)
                text = string.Concat(text.AsSpan(0, at), mention.Id == bot ? "" : mention.Name, text.AsSpan(at + mention.Text.Length));
        }

        return PlainLines.Tidy(text.Replace('\u00A0', ' ').Replace("\u200B", "", StringComparison.Ordinal));
    }

    private static bool IsGroup(ActivityConversation conversation) =>
        conversation.ConversationType is { } type ? type != "personal" : conversation.IsGroup == true;
}
