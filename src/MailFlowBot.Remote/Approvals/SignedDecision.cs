using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>A decision, signed at the click and before it is stored, so that a row written into a database decides nothing.</summary>
public sealed record SignedDecision(Decision Decision, KeyId Key, Signature Signature)
{
    public static SignedDecision Sign(Decision decision, ApprovalKey key) =>
        new(decision, key.Id, key.Sign(SigningPurpose.Decision, decision.CanonicalBytes()));

    public JsonObject ToJson() => new()
    {
        ["decision"] = Decision.ToJson(),
        ["key"] = Key.Value,
        ["signature"] = Signature.Value,
    };

    /// <exception cref="ApprovalFormatException">Not exactly a signed decision.</exception>
    public static SignedDecision FromJson(ReadOnlyMemory<byte> utf8) => FromJson(StrictObject.Parse(utf8));

    internal static SignedDecision FromJson(StrictObject json)
    {
        var signed = new SignedDecision(
            Decision.FromJson(json.Object("decision")),
            json.Value("key", text => new KeyId(text)),
            json.Value("signature", text => new Signature(text)));
        json.End();
        return signed;
    }
}
