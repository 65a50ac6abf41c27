using System.Net;

namespace MailFlowBot.Channels.Teams;

/// <summary>A mention in an activity. Who is meant stands in the entity's id; its text was editable by the writer.</summary>
internal sealed record Mention(string Id, string Text)
{
    // Arbitrary; Teams limits a message to 50 mentions.
    private const int MaxMentions = 200;

    /// <summary>The text without its <c>at</c> tags.</summary>
    public string Name => WebUtility.HtmlDecode(
        Text.Replace("<at>", "", StringComparison.OrdinalIgnoreCase).Replace("</at>", "", StringComparison.OrdinalIgnoreCase)).Trim();

    /// <summary>All mentions in their order.</summary>
    public static IReadOnlyList<Mention> In(Activity activity) =>
    [
        .. activity.Entities.Items()
            .Where(entity => entity.TextOf("type") == "mention")
            .Take(MaxMentions)
            .Select(entity => new Mention(entity.Member("mentioned").TextOf("id") ?? "", entity.TextOf("text") ?? "")),
    ];
}
