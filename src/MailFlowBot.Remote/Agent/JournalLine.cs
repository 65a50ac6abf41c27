using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>One line of the journal: an entry with its place in the chain. The hash covers all the rest of the line.</summary>
internal sealed record JournalLine(int Number, DateTimeOffset At, PolicyHash Policy, ChainHead Previous, JournalEntry Entry)
{
    public ChainHead Hash => ChainHead.Of(CanonicalJson.Serialize(Unhashed()));

    /// <summary>RFC 8785 bytes without a line end.</summary>
    public byte[] ToBytes()
    {
        var json = Unhashed();
        json["hash"] = ChainHead.Of(CanonicalJson.Serialize(json)).Value;
        return CanonicalJson.Serialize(json);
    }

    /// <exception cref="ApprovalFormatException">Not a line of a journal, or its hash does not fit.</exception>
    public static JournalLine FromBytes(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictObject.Parse(utf8);
        var line = new JournalLine(
            json.Whole("n", 1, int.MaxValue),
            json.Instant("at"),
            json.Value("policy", text => new PolicyHash(text)),
            json.Value("previous", text => new ChainHead(text)),
            JournalEntryJson.Read(json.Object("what")));
        var hash = json.Value("hash", text => new ChainHead(text));
        json.End();
        return hash == line.Hash ? line : throw json.Bad("hash", "it does not fit the rest of the line");
    }

    private JsonObject Unhashed() => new()
    {
        ["n"] = Number,
        ["at"] = InstantText.Write(At),
        ["policy"] = Policy.Value,
        ["previous"] = Previous.Value,
        ["what"] = JournalEntryJson.Write(Entry),
    };
}
