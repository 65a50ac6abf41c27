using System.Text.Json.Nodes;
using MailFlowBot.Cards;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>A card that carries what an attacker wrote into a log line: once through the product's card elements, once past them.</summary>
internal static class HostileCard
{
    /// <summary>Everything that is known to do something in a TextBlock, a Fact or a TextRun.</summary>
    public static string Text(string foreignAddress) =>
        $"1. ![x]({foreignAddress}/i.png) <at>bob</at> {{{{DATE(2026-02-01T06:08:39Z,SHORT)}}}} <script>fetch('{foreignAddress}/s')</script> "
        + $"<img src={foreignAddress}/e.png onerror=alert(1)> [click]({foreignAddress}/l) **bold** \\\\EX01\\logs CONTOSO\\_svc "
        + $"<id@host> <{foreignAddress}/auto> `code` # no heading &amp; ===mark/==/";

    public static JsonObject Escaped(string foreignAddress)
    {
        var text = Text(foreignAddress);
        return Card(CardElements.Text(text), CardElements.Facts([("LastError", text)]), CardElements.Code(text));
    }

    /// <summary>The same elements after somebody took the escaping out of them.</summary>
    public static JsonObject Unescaped(string foreignAddress)
    {
        var text = Text(foreignAddress);
        var block = CardElements.Text("");
        block["text"] = text;
        var facts = CardElements.Facts([("LastError", "")]);
        facts["facts"]![0]!["value"] = text;
        var code = CardElements.Code("");
        code["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text });
        return Card(block, facts, code);
    }

    private static JsonObject Card(params JsonNode[] body) =>
        new() { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(body) };
}
