using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The bytes of activities that the bot sends. A text and a card never travel together: Teams would split them and return no id.
/// </summary>
/// <param name="botId">The bot's own id; null without a registration.</param>
internal sealed class OutgoingActivity(string? botId)
{
    // Japanese stays readable and short; what HTML could misread is still escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public byte[] Card(string thread, JsonObject card, string summary) => Write(thread, writer =>
    {
        writer.WriteString("summary", summary);
        writer.WriteStartArray("attachments");
        writer.WriteStartObject();
        writer.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        writer.WritePropertyName("content");
        card.WriteTo(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    public byte[] Text(string thread, string text) => Write(thread, writer =>
    {
        writer.WriteString("textFormat", "plain");
        writer.WriteString("text", text);
    });

    /// <param name="mentions">Id and name of the people to mention.</param>
    public byte[] Text(string thread, string text, IReadOnlyList<(string Id, string Name)> mentions) => Write(thread, writer =>
    {
        // Mentions need markup, so everything else is escaped: nobody else's text becomes a mention or a link.
        var names = mentions.Select(mention => $"<at>{Escape(mention.Name)}</at>").ToList();
        var lines = string.Join("<br/>", text.Split('\n').Select(Escape));
        writer.WriteString("textFormat", "xml");
        writer.WriteString("text", $"{string.Join(' ', names)} {lines}");
        writer.WriteStartArray("entities");
        foreach (var (mention, name) in mentions.Zip(names))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "mention");
            writer.WriteString("text", name);
            writer.WriteStartObject("mentioned");
            writer.WriteString("id", mention.Id);
            writer.WriteString("name", mention.Name);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private byte[] Write(string thread, Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "message");
            if (botId is not null)
            {
                writer.WriteStartObject("from");
                writer.WriteString("id", botId);
                writer.WriteEndObject();
            }

            writer.WriteStartObject("conversation");
            writer.WriteString("id", thread);
            writer.WriteEndObject();
            content(writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
