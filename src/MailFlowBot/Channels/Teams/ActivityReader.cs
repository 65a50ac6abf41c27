using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>Reads the bytes of an activity; every fault is a <see cref="Refusal"/>, never an exception.</summary>
internal static class ActivityReader
{
    /// <summary>Teams sends at most about 100 KB; the rest is room.</summary>
    public const int MaxBytes = 256 * 1024;

    public const int MaxDepth = 64;

    // Arbitrary; ids of Teams are below 300 characters.
    private const int MaxIdLength = 2048;

    public static (Activity? Activity, Refusal? Refusal) Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        Activity? activity;
        try
        {
            activity = JsonSerializer.Deserialize(body, TeamsJson.Default.Activity);
        }
        catch (JsonException)
        {
            return (null, Refusal.BadRequest("The body is not the JSON object of an activity."));
        }

        if (activity is null)
            return (null, Refusal.BadRequest("The body is not the JSON object of an activity."));
        return Missing(activity) is { } member
            ? (null, Refusal.BadRequest($"The activity lacks a usable \"{member}\"."))
            : (activity, null);
    }

    /// <summary>The first required member that is not there; null when all are.</summary>
    private static string? Missing(Activity activity) =>
        !Usable(activity.Type) ? "type"
        : !Usable(activity.Id) ? "id"
        : !Usable(activity.ServiceUrl) ? "serviceUrl"
        : !Usable(activity.ChannelId) ? "channelId"
        : !Usable(activity.Conversation?.Id) ? "conversation.id"
        : !Usable(activity.From?.Id) ? "from.id"
        : !Usable(activity.Recipient?.Id) ? "recipient.id"
        : null;

    private static bool Usable(string? value) => value is { Length: > 0 and <= MaxIdLength };
}
