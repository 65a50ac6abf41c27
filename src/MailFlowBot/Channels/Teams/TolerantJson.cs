using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>Reads JSON whose shape is not promised: what is not as expected is null.</summary>
internal static class TolerantJson
{
    /// <summary>The member when this is an object that has it; else undefined.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>The text of a string member.</summary>
    public static string? TextOf(this JsonElement element, string name) => element.Member(name).Text();

    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is well-formed JSON (RFC 8259 8.2) and no text.
            return null;
        }
    }

    /// <summary>The items when this is an array, else none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
