using System.Text.Json.Nodes;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>A card of the shape that the product posts, for tests of the page alone.</summary>
internal static class DemoCard
{
    public static JsonObject Checking(string done) => Card(Heading("INC-7: checking EX03"), Text(done));

    public static JsonObject Findings(string evidence = "HubTransport: Inactive, requester Functional, since 00:41 UTC (2 h ago)") => Card(
        Heading("INC-7: HubTransport is Inactive on EX03"),
        Text("Explains the report. KB 2866822."),
        new JsonObject
        {
            ["type"] = "FactSet",
            ["facts"] = new JsonArray(
                Fact("Server", "EX03 (only transport server of site BRANCH)"), Fact("Component", evidence),
                Fact("Services", "all run"), Fact("Maintenance", "no evidence, 7 of 7 places read")),
        },
        new JsonObject
        {
            ["type"] = "Table",
            ["firstRowAsHeader"] = true,
            ["showGridLines"] = true,
            ["columns"] = new JsonArray(Width(2), Width(1), Width(4)),
            ["rows"] = new JsonArray(
                Row("Check", "Result", "Evidence"), Row("Component states", "deviates", "HubTransport Inactive"),
                Row("Back pressure", "fine", "UsedDiskSpace 41 %"), Row("SMTP :2525", "not alive", "421 4.3.2 Service not active")),
        },
        new JsonObject
        {
            ["type"] = "Container",
            ["id"] = "raw",
            ["isVisible"] = false,
            ["items"] = new JsonArray(Text("raw lines of the answer")),
        },
        new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.ToggleVisibility",
                ["title"] = "Raw answer",
                ["targetElements"] = new JsonArray("raw"),
            }),
        },
        new JsonObject
        {
            ["type"] = "Container",
            ["style"] = "emphasis",
            ["items"] = new JsonArray(
                Heading("Plan, class A"), Code("Set-ServerComponentState EX03 -Component HubTransport -Requester Functional -State Active"),
                Code("Restart-Service MSExchangeTransport"), Text("Expires in 15 min. Verified on :2525.")),
        },
        new JsonObject
        {
            ["type"] = "Input.Text",
            ["id"] = "reason",
            ["label"] = "Reason",
            ["isRequired"] = true,
            ["errorMessage"] = "Give a reason",
            ["maxLength"] = 200,
        },
        new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray(
                Execute("Approve", "fix.approve", "positive"), Execute("Reject", "fix.reject", "default"), Execute("Details", "fix.details", "default")),
        });

    private static JsonObject Card(params JsonNode[] body) => new()
    {
        ["type"] = "AdaptiveCard",
        ["version"] = "1.5",
        ["fallbackText"] = "INC-7 in plain words",
        ["body"] = new JsonArray(body),
    };

    private static JsonObject Heading(string text) =>
        new() { ["type"] = "TextBlock", ["style"] = "heading", ["size"] = "Large", ["weight"] = "Bolder", ["wrap"] = true, ["text"] = text };

    private static JsonObject Text(string text) => new() { ["type"] = "TextBlock", ["wrap"] = true, ["text"] = text };

    private static JsonObject Code(string text) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["fontType"] = "Monospace", ["text"] = text }),
    };

    private static JsonObject Width(int width) => new() { ["width"] = width };

    private static JsonObject Row(params string[] cells) => new()
    {
        ["type"] = "TableRow",
        ["cells"] = new JsonArray(
            [.. cells.Select(static cell => new JsonObject { ["type"] = "TableCell", ["items"] = new JsonArray(Text(cell)) })]),
    };

    private static JsonObject Fact(string title, string value) => new() { ["title"] = title, ["value"] = value };

    private static JsonObject Execute(string title, string verb, string style) => new()
    {
        ["type"] = "Action.Execute",
        ["title"] = title,
        ["verb"] = verb,
        ["style"] = style,
        ["associatedInputs"] = verb == "fix.approve" ? "auto" : "none",
        ["data"] = new JsonObject { ["p"] = "INC-7", ["n"] = "0a1b" },
    };
}
