using System.Text.Json.Nodes;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.CommandLine;

/// <summary>The JSON examples of docs/formats.md.</summary>
internal static class FormatsExample
{
    /// <summary>Those of one section, in order; lines of a wrapped object are joined.</summary>
    /// <param name="heading">Such as <c>## drill</c>, the whole line.</param>
    public static IReadOnlyList<JsonObject> After(string heading)
    {
        var document = File.ReadAllText(Path.Combine(References.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
        var section = document[(document.IndexOf($"\n{heading}\n", StringComparison.Ordinal) + 1)..];
        var end = section.IndexOf("\n## ", StringComparison.Ordinal);
        var blocks = (end < 0 ? section : section[..end]).Split("```json\n")[1..];
        return [.. blocks.Select(block => JsonNode.Parse(block[..block.IndexOf("\n```", StringComparison.Ordinal)])!.AsObject())];
    }
}
