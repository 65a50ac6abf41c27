using System.Text.Json.Nodes;

namespace MailFlowBot.Cards;

/// <summary>The few Adaptive Card 1.5 elements that the cards are made of. All text that comes in here is escaped here.</summary>
internal static class CardElements
{
    public static JsonObject Heading(string text) => Block(text, ("style", "heading"), ("size", "Large"), ("weight", "Bolder"));

    public static JsonObject Title(string text) => Block(text, ("weight", "Bolder"), ("spacing", "Medium"));

    public static JsonObject Text(string text) => Block(text, ("spacing", "Small"));

    public static JsonObject Subtle(string text)
    {
        var block = Block(text, ("size", "Small"), ("spacing", "Small"));
        block["isSubtle"] = true;
        return block;
    }

    /// <summary>Something the eye must not miss; the words say it too, since colour carries no meaning.</summary>
    public static JsonObject Notice(string text) => Container("attention", [Block(text, ("weight", "Bolder"))]);

    /// <summary>A line that stands above everything else.</summary>
    public static JsonObject Banner(string text) => Container("warning", [Block(text, ("weight", "Bolder"))]);

    /// <summary>A command or a log line: literal, in a fixed-width face.</summary>
    public static JsonObject Code(string text) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "Small",
        ["inlines"] = new JsonArray([.. Runs(CardText.Clean(text))]),
    };

    public static JsonObject Facts(IEnumerable<(string Title, string Value)> facts) => new()
    {
        ["type"] = "FactSet",
        ["spacing"] = "Small",
        ["facts"] = new JsonArray([.. facts.Select(fact => new JsonObject
        {
            ["title"] = CardText.Escape(fact.Title),
            ["value"] = CardText.Escape(fact.Value),
        })]),
    };

    public static JsonObject Container(string style, IEnumerable<JsonObject> items) => new()
    {
        ["type"] = "Container",
        ["style"] = style,
        ["spacing"] = "Medium",
        ["items"] = new JsonArray([.. items]),
    };

    public static JsonObject Input(string id, string label, string error, int maxLength, bool multiline = false) => new()
    {
        ["type"] = "Input.Text",
        ["id"] = id,
        ["label"] = label,
        ["isRequired"] = true,
        ["errorMessage"] = error,
        ["maxLength"] = maxLength,
        ["isMultiline"] = multiline,
    };

    /// <summary>Buttons in an ActionSet, each with a Submit fallback for clients that do not know Execute.</summary>
    public static JsonObject Buttons(IEnumerable<JsonObject> actions) => new()
    {
        ["type"] = "ActionSet",
        ["spacing"] = "Medium",
        ["actions"] = new JsonArray([.. actions]),
    };

    public static JsonObject Button(string title, string verb, IReadOnlyDictionary<string, string> values, bool withInputs)
    {
        var submit = Values(values);
        submit["verb"] = verb;
        var action = new JsonObject
        {
            ["type"] = "Action.Execute",
            ["title"] = title,
            ["verb"] = verb,
            ["data"] = Values(values),
            ["fallback"] = new JsonObject { ["type"] = "Action.Submit", ["title"] = title, ["data"] = submit },
        };
        if (!withInputs)
        {
            action["associatedInputs"] = "none";
            action["fallback"]!["associatedInputs"] = "none";
        }

        return action;
    }

    private static JsonObject Values(IReadOnlyDictionary<string, string> values) =>
        new([.. values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))]);

    // A template expression is replaced even inside a TextRun unless its braces stand in different runs.
    private static IEnumerable<JsonNode> Runs(string text)
    {
        var parts = text.Split("{{");
        for (var index = 0; index < parts.Length; index++)
        {
            var part = (index > 0 ? "{" : "") + parts[index] + (index < parts.Length - 1 ? "{" : "");
            yield return new JsonObject { ["type"] = "TextRun", ["text"] = part, ["fontType"] = "Monospace" };
        }
    }

    private static JsonObject Block(string text, params (string Name, string Value)[] looks)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = CardText.Escape(text), ["wrap"] = true };
        foreach (var (name, value) in looks)
            block[name] = value;
        return block;
    }
}
