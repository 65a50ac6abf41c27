using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>One person's answer to one plan, as it was at the click.</summary>
/// <param name="Person">Who, with the home tenant.</param>
/// <param name="Verdict">Approve or reject.</param>
/// <param name="Reason">The person's words; foreign text, at most 2,000 characters.</param>
/// <param name="Activity">The click.</param>
/// <param name="Plan">Digest of the plan that was shown.</param>
/// <param name="Conversation">Where it was shown.</param>
/// <param name="Incident">The incident it was shown in.</param>
/// <param name="At">When the click came in, by the bot's clock, UTC; recorded, never decisive.</param>
public sealed record Decision(
    PersonId Person,
    DecisionVerdict Verdict,
    string Reason,
    ActivityId Activity,
    PlanDigest Plan,
    ConversationId Conversation,
    IncidentId Incident,
    DateTimeOffset At)
{
    private const int MaxReason = 2000;

    /// <summary>RFC 8785 bytes, which are what is signed.</summary>
    public byte[] CanonicalBytes() => CanonicalJson.Serialize(ToJson());

    public JsonObject ToJson() => new()
    {
        ["person"] = Person.ToJson(),
        ["verdict"] = Verdict.ToString(),
        ["reason"] = Reason,
        ["activity"] = Activity.Value,
        ["plan"] = Plan.Value,
        ["conversation"] = Conversation.Value,
        ["incident"] = Incident.Value,
        ["at"] = InstantText.Write(At),
    };

    internal static Decision FromJson(StrictObject json)
    {
        var decision = new Decision(
            PersonId.FromJson(json.Object("person")),
            json.Choice<DecisionVerdict>("verdict"),
            json.Text("reason", MaxReason),
            json.Value("activity", text => new ActivityId(text), 300),
            json.Value("plan", text => new PlanDigest(text)),
            json.Value("conversation", text => new ConversationId(text), 300),
            json.Value("incident", text => new IncidentId(text), 300),
            json.Instant("at"));
        json.End();
        return decision;
    }
}
