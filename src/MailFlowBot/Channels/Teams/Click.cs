using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>A click as the client sent it: every part of it may have been edited, so it is capped here and believed nowhere.</summary>
internal sealed record Click(string Verb, IReadOnlyDictionary<string, string> Values)
{
    private const int MaxVerbLength = 64;
    private const int MaxValues = 32;
    private const int MaxKeyLength = 64;

    // Inputs of our cards have at most 200 characters; a paste-back box has more.
    private const int MaxValueLength = 32 * 1024;

    private const string VerbMember = "verb";

    /// <summary>Reads the value of an <c>adaptiveCard/action</c> invoke.</summary>
    public static (Click? Click, Refusal? Refusal) OfInvoke(JsonElement value)
    {
        var action = value.Member("action");
        if (action.ValueKind != JsonValueKind.Object)
            return (null, Refusal.BadRequest("The invoke has no action."));
        if (action.TextOf("type") != "Action.Execute")
            return (null, Refusal.BadRequest("Only Action.Execute is served.") with { Code = "NotSupported" });
        return Of(action.TextOf(VerbMember), action.Member("data"));
    }

    /// <summary>Reads the value of a message that an Action.Submit sent; null when it names no verb.</summary>
    public static Click? OfSubmit(JsonElement value) =>
        value.TextOf(VerbMember) is { } verb ? Of(verb, value).Click : null;

    private static (Click? Click, Refusal? Refusal) Of(string? verb, JsonElement data)
    {
        if (verb is not { Length: > 0 and <= MaxVerbLength })
            return (null, Refusal.BadRequest("The action has no usable verb."));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (data.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in data.EnumerateObject())
            {
                if (Text(member.Value) is not { } text || member.Name == VerbMember)
                    continue;
                if (values.Count == MaxValues || member.Name.Length > MaxKeyLength || text.Length > MaxValueLength)
                    return (null, Refusal.BadRequest("The action's data are larger than any card of the bot sends."));
                values[member.Name] = text;
            }
        }

        return (new Click(verb, values), null);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.Text(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
