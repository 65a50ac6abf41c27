using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// The permission to carry out one plan once. It carries the decision records themselves, never a count, so that whoever executes can
/// check each of them.
/// </summary>
/// <param name="Plan">Digest of the plan that is permitted.</param>
/// <param name="Decisions">Every decision made about it, rejections too.</param>
/// <param name="Transcript">Head of the incident's transcript when the grant was issued; the agent journals it.</param>
/// <param name="IssuedAt">By the issuer's clock, UTC; recorded, never decisive.</param>
/// <param name="Key">Key of the issuer.</param>
/// <param name="Signature">Over the canonical bytes of all the other members.</param>
public sealed record ApprovalGrant(
    PlanDigest Plan,
    IReadOnlyList<SignedDecision> Decisions,
    ChainHead Transcript,
    DateTimeOffset IssuedAt,
    KeyId Key,
    Signature Signature)
{
    public static ApprovalGrant Sign(
        PlanDigest plan, IReadOnlyList<SignedDecision> decisions, ChainHead transcript, DateTimeOffset issuedAt, ApprovalKey key)
    {
        var unsigned = new ApprovalGrant(plan, decisions, transcript, issuedAt, key.Id, default);
        return unsigned with { Signature = key.Sign(SigningPurpose.Grant, unsigned.SignedBytes()) };
    }

    /// <summary>RFC 8785 bytes of everything but the signature: what is signed.</summary>
    public byte[] SignedBytes() => CanonicalJson.Serialize(Unsigned());

    public JsonObject ToJson()
    {
        var json = Unsigned();
        json["signature"] = Signature.Value;
        return json;
    }

    /// <exception cref="ApprovalFormatException">Not exactly a grant.</exception>
    public static ApprovalGrant FromJson(ReadOnlyMemory<byte> utf8) => FromJson(StrictObject.Parse(utf8));

    internal static ApprovalGrant FromJson(StrictObject json)
    {
        var grant = new ApprovalGrant(
            json.Value("plan", text => new PlanDigest(text)),
            [.. json.Objects("decisions").Select(SignedDecision.FromJson)],
            json.Value("transcript", text => new ChainHead(text)),
            json.Instant("issuedAt"),
            json.Value("key", text => new KeyId(text)),
            json.Value("signature", text => new Signature(text)));
        json.End();
        return grant;
    }

    private JsonObject Unsigned() => new()
    {
        ["plan"] = Plan.Value,
        ["decisions"] = new JsonArray([.. Decisions.Select(decision => decision.ToJson())]),
        ["transcript"] = Transcript.Value,
        ["issuedAt"] = InstantText.Write(IssuedAt),
        ["key"] = Key.Value,
    };
}
