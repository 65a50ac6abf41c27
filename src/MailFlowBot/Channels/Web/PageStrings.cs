using System.Text.Json;

namespace MailFlowBot.Channels.Web;

/// <summary>The page's sentences (strings.json, languages side by side), as far as the server itself says them.</summary>
internal static class PageStrings
{
    private static readonly Lazy<JsonElement> Strings = new(static () =>
    {
        var file = PageFiles.Find("strings.json")
            ?? throw new InvalidOperationException("strings.json is not embedded in this assembly: build the project again.");
        using var document = JsonDocument.Parse(file.Bytes);
        return document.RootElement.Clone();
    });

    /// <summary>The body of a refusal: <c>{"error":{"code":"…","en":"…","ja":"…"}}</c>.</summary>
    public static string Error(string code)
    {
        var sentence = Strings.Value.GetProperty("error." + code);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            foreach (var language in sentence.EnumerateObject())
                language.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
