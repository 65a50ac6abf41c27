using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// What Teams delivers (Bot Framework activity schema 3.1), cut down to what is read here. Unknown members are dropped. The parts whose
/// shape depends on the activity's type stay JSON and are read with tolerance: one odd entity must not refuse a whole message.
/// </summary>
internal sealed record Activity
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public string? ServiceUrl { get; init; }

    public string? ChannelId { get; init; }

    public ActivityAccount? From { get; init; }

    public ActivityAccount? Recipient { get; init; }

    public ActivityConversation? Conversation { get; init; }

    public string? Text { get; init; }

    public string? Locale { get; init; }

    public string? ReplyToId { get; init; }

    /// <summary>Name of an invoke, such as <c>adaptiveCard/action</c>.</summary>
    public string? Name { get; init; }

    public JsonElement Value { get; init; }

    public JsonElement Entities { get; init; }

    public JsonElement Attachments { get; init; }

    public JsonElement ChannelData { get; init; }
}

/// <summary>A participant: <c>29:</c> a person, <c>28:</c> a bot.</summary>
internal sealed record ActivityAccount
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? AadObjectId { get; init; }
}

/// <summary>The thread: personal, group chat, or channel with <c>;messageid=ROOT</c>.</summary>
internal sealed record ActivityConversation
{
    public string? Id { get; init; }

    public string? ConversationType { get; init; }

    public string? TenantId { get; init; }

    public bool? IsGroup { get; init; }
}
