using System.Text;
using System.Text.Json.Nodes;

namespace MailFlowBot.Channels.Terminal;

/// <summary>An Adaptive Card as lines of text: what a terminal can show of it, nothing left out that carries meaning.</summary>
internal static class CardAsText
{
    public static string Render(JsonObject card)
    {
        var text = new StringBuilder();
        foreach (var element in Objects(card["body"]))
            Write(text, element, "");
        return text.ToString().TrimEnd('\n');
    }

    private static void Write(StringBuilder text, JsonObject element, string indent)
    {
        switch (Type(element))
        {
            case "TextBlock":
                Line(text, indent, (element["style"]?.ToString() == "heading" ? "■ " : "") + Unescape(element["text"]?.ToString() ?? ""));
                break;
            case "RichTextBlock":
                Line(text, indent, "  > " + string.Concat(Objects(element["inlines"]).Select(run => run["text"]?.ToString())));
                break;
            case "FactSet":
                foreach (var fact in Objects(element["facts"]))
                    Line(text, indent, $"  {Unescape(fact["title"]?.ToString() ?? "")}: {Unescape(fact["value"]?.ToString() ?? "")}");
                break;
            case "Container":
                foreach (var item in Objects(element["items"]))
                    Write(text, item, indent + "| ");
                break;
            case "Input.Text":
                Line(text, indent, $"  [{element["id"]}=…] {element["label"]}");
                break;
            case "ActionSet":
                Line(text, indent, "  " + string.Join("  ", Objects(element["actions"]).Select(action => $"[{action["title"]}]")));
                break;
            default:
                Line(text, indent, $"({Type(element)})");
                break;
        }
    }

    /// <summary>Buttons of a card, wherever they stand.</summary>
    public static IEnumerable<JsonObject> Buttons(JsonObject card) =>
        Objects(card["body"]).Where(element => Type(element) == "ActionSet").SelectMany(set => Objects(set["actions"]));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>() ?? [];

    private static string Type(JsonObject element) => element["type"]?.ToString() ?? "";

    private static void Line(StringBuilder text, string indent, string line) => text.Append(indent).Append(line).Append('\n');

    // The card escapes Markdown; a terminal renders none.
    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length && (char.IsPunctuation(text[index + 1]) || char.IsSymbol(text[index + 1])))
                index++;
            plain.Append(text[index]);
        }

        return plain.ToString();
    }
}
