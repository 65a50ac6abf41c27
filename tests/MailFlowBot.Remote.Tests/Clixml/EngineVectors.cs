using System.Text.Json;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>
/// One line of tests/Conversations/clixml.jsonl: a value as a PowerShell 7.6 engine serialised it, and what it said about it.
/// </summary>
internal sealed record EngineVector(string Name, string? Clixml, string? Text, IReadOnlyList<string>? DeserializedTypeNames);

/// <summary>One message of tests/Conversations/remoting-output.jsonl.</summary>
internal sealed record RemotingMessage(string Type, string Body);

/// <summary>The recordings of the engine, by name.</summary>
internal static class EngineVectors
{
    public static IReadOnlyDictionary<string, EngineVector> All { get; } =
        Lines("clixml.jsonl").Select(ReadVector).ToDictionary(vector => vector.Name);

    public static IReadOnlyDictionary<string, IReadOnlyList<RemotingMessage>> Remoting { get; } =
        Lines("remoting-output.jsonl").ToDictionary(line => line.GetProperty("name").GetString()!, ReadMessages);

    public static string PathOf(string file) => Path.Combine(References.Root, "tests", "Conversations", file);

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(PathOf(file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static EngineVector ReadVector(JsonElement line) => new(
        line.GetProperty("name").GetString()!,
        TextOf(line, "clixml"),
        TextOf(line, "tostring"),
        line.TryGetProperty("deserialized_typenames", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : null);

    private static IReadOnlyList<RemotingMessage> ReadMessages(JsonElement line) =>
    [
        .. line.GetProperty("messages").EnumerateArray().Select(message => new RemotingMessage(
            message.GetProperty("type").GetString()!, message.GetProperty("data").GetString()!)),
    ];

    private static string? TextOf(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
