using System.Text.Json;
using System.Xml.Linq;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>A message as the decoded half of a recording tells it.</summary>
internal sealed record RecordedMessage(int Destination, string Type, Guid Pool, Guid Pipeline, string Body);

/// <summary>A packet of the out-of-process framing. Its payload is fragments, as in a WSMan stream.</summary>
internal sealed record RecordedPacket(bool ToServer, string Kind, Guid Pipeline, bool IsPrompt, byte[] Payload, IReadOnlyList<RecordedMessage> Messages);

/// <summary>One direction of the pool or of one pipeline.</summary>
internal sealed record RecordedStream(bool ToServer, Guid Pipeline, bool IsPrompt, IReadOnlyList<RecordedPacket> Packets)
{
    public byte[] Bytes { get; } = [.. Packets.SelectMany(packet => packet.Payload)];

    public IReadOnlyList<RecordedMessage> Messages { get; } = [.. Packets.SelectMany(packet => packet.Messages)];
}

/// <summary>A conversation between a real PowerShell client (or a hand-written one) and a real engine.</summary>
internal sealed record Recording(IReadOnlyList<RecordedPacket> Packets)
{
    /// <summary>Those that the project carries. The long ones, and one that names folders of its machine, stay in the reference folder.</summary>
    public static TheoryData<string> Carried => new(CarriedNames);

    public static IEnumerable<string> CarriedNames =>
        from folder in (string[])["conversations", "conversations-raw"]
        from file in Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.decoded.jsonl").Order(StringComparer.Ordinal)
        select $"{folder}/{Path.GetFileName(file)[..^".decoded.jsonl".Length]}";

    public static TheoryData<string> Referenced => new(
        "conversations/deserialized-roundtrip",
        "conversations/errors-terminating",
        "conversations/large",
        "conversations/nolanguage",
        "conversations/streams",
        "conversations-raw/confirm-missing-null-host-nolanguage",
        "conversations-raw/nolanguage-refusals");

    public IEnumerable<RecordedStream> Streams => Packets
        .Where(packet => packet.Kind == "Data")
        .GroupBy(packet => (packet.ToServer, packet.Pipeline, packet.IsPrompt))
        .Select(group => new RecordedStream(group.Key.ToServer, group.Key.Pipeline, group.Key.IsPrompt, [.. group]));

    public static Recording Load(string name)
    {
        var carried = Path.Combine(Folder, name);
        var path = File.Exists(carried + ".jsonl") ? carried : References.Path($"data/psrp/{name}");
        var packets = new List<RecordedPacket>();
        foreach (var (line, decoded) in File.ReadLines(path + ".jsonl").Zip(File.ReadLines(path + ".decoded.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            using var meaning = JsonDocument.Parse(decoded);
            var text = json.RootElement.GetProperty("line").GetString()!;

            // The engine of one recording notes an error of its own between the packets.
            if (!text.StartsWith('<'))
                continue;
            var packet = XElement.Parse(text);
            packets.Add(new RecordedPacket(
                json.RootElement.GetProperty("dir").GetString() == "c2s",
                packet.Name.LocalName,
                (Guid)packet.Attribute("PSGuid")!,
                (string?)packet.Attribute("Stream") == "PromptResponse",
                Convert.FromBase64String(packet.Value),
                Messages(meaning.RootElement)));
        }

        return new Recording(packets);
    }

    private static string Folder => Path.Combine(References.Root, "tests", "Conversations", "psrp");

    private static List<RecordedMessage> Messages(JsonElement packet)
    {
        var messages = new List<RecordedMessage>();
        if (packet.TryGetProperty("messages", out var all))
        {
            foreach (var message in all.EnumerateArray())
            {
                messages.Add(new RecordedMessage(
                    message.GetProperty("dest").GetInt32(),
                    message.GetProperty("type").GetString()!,
                    message.GetProperty("rpid").GetGuid(),
                    message.GetProperty("pid").GetGuid(),
                    message.GetProperty("data").GetString()!));
            }
        }

        return messages;
    }
}
