using System.Text.Json;

namespace MailFlowBot.Channels.Web;

internal enum PostKind
{
    /// <summary>Written by a person.</summary>
    Message,

    /// <summary>Plain text of the bot.</summary>
    Reply,

    /// <summary>An Adaptive Card of the bot, edited in place.</summary>
    Card,
}

/// <summary>One post of the channel as browsers see it. A thread has the posts with the same <paramref name="Thread"/>.</summary>
/// <param name="Author">Name of the cast's person; null for the bot.</param>
/// <param name="Text">Literal text; for a card its one-line summary.</param>
/// <param name="CutLength">UTF-16 units of the text that are not shown.</param>
/// <param name="Revision">Counts the edits of a card, from 1.</param>
/// <param name="At">When it was posted, UTC.</param>
/// <param name="EditedAt">When the card was last edited, UTC; null while it never was.</param>
internal sealed record Post(
    string Id, string Thread, PostKind Kind, string? Author, string Text, int CutLength, IReadOnlyList<string> Mention, JsonElement? Card,
    int CardLength, int Revision, DateTimeOffset At, DateTimeOffset? EditedAt)
{
    /// <summary>UTF-16 units that count against <see cref="WebLimits.PostsLength"/>.</summary>
    public int Length => Text.Length + CardLength;

    public static Post Message(string id, string thread, string author, string text, DateTimeOffset now) =>
        Of(id, thread, PostKind.Message, author, text, [], now);

    public static Post Reply(string id, string thread, string text, IReadOnlyList<string> mention, DateTimeOffset now) =>
        Of(id, thread, PostKind.Reply, null, text, mention, now);

    public static Post OfCard(string id, string thread, JsonElement card, string summary, DateTimeOffset now) =>
        Of(id, thread, PostKind.Card, null, summary, [], now) with { Card = card, CardLength = card.GetRawText().Length };

    /// <summary>The same post with the card that replaces its old one.</summary>
    public Post Edited(JsonElement card, string summary, DateTimeOffset now) =>
        OfCard(Id, Thread, card, summary, At) with { Revision = Revision + 1, EditedAt = now };

    private static Post Of(
        string id, string thread, PostKind kind, string? author, string text, IReadOnlyList<string> mention, DateTimeOffset now)
    {
        var shown = Shown(text);
        return new Post(id, thread, kind, author, shown, text.Length - shown.Length, mention, null, 0, 1, now, null);
    }

    private static string Shown(string text)
    {
        if (text.Length <= WebLimits.ShownText)
            return text;
        var end = WebLimits.ShownText;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end];
    }
}
