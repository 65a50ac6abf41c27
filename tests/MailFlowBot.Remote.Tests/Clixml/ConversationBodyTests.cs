using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>
/// Every body of the recorded conversations, from Windows hosts, a real engine and two clients (reference folder).
/// </summary>
public sealed class ConversationBodyTests
{
    [SkippableFact]
    public void Every_body_of_the_Windows_captures_reads_and_survives_writing() => CheckAll(
        Directory.GetFiles(References.Path("data/psrp/captures/wsman"), "*.json")
            .SelectMany(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("psrp_messages").EnumerateArray())
            .Select(message => message.GetProperty("clixml").GetString()!),
        atLeast: 490);

    [SkippableTheory]
    [InlineData("data/psrp/conversations", 380)]
    [InlineData("data/psrp/conversations-raw", 250)]
    public void Every_body_of_the_engine_conversations_reads_and_survives_writing(string folder, int atLeast) => CheckAll(
        Directory.GetFiles(References.Path(folder), "*.decoded.jsonl")
            .SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(packet => packet.TryGetProperty("messages", out _))
            .SelectMany(packet => packet.GetProperty("messages").EnumerateArray())
            .Select(message => message.GetProperty("data").GetString()!),
        atLeast);

    private static void CheckAll(IEnumerable<string> bodies, int atLeast)
    {
        var count = 0;
        foreach (var body in bodies)
        {
            count++;
            var value = ClixmlReader.Read(Encoding.UTF8.GetBytes(body));
            if (body.Length > 0)
                new XmlOracle().Check(XmlOracle.Parse(body), value);
            SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
        }

        Assert.True(count >= atLeast, $"{count} bodies");
    }
}
