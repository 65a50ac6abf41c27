using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// What is approved and then carried out, to the letter: only what bears load, no prose (AISVS 9.2.2, 9.2.8). Two plans with the same
/// <see cref="Digest"/> do the same.
/// </summary>
/// <param name="Organization">The organisation the servers belong to.</param>
/// <param name="Incident">The incident it was proposed in.</param>
/// <param name="Steps">Changes, carried out in this order.</param>
/// <param name="Preconditions">What must still be exactly so when the first step is made.</param>
/// <param name="Class">Class of the worst step (AISVS 9.2.10); decides the quorum.</param>
/// <param name="Requesters">All whose message or click produced this plan; none of them approves it.</param>
/// <param name="Expiry">By the agent's clock, UTC; from then on the plan is refused.</param>
/// <param name="Nonce">Made by the agent at registration, taken once.</param>
/// <param name="Epoch">The start of the agent at which the plan was registered.</param>
/// <param name="Agent">The agent that registered it.</param>
public sealed record ExecutionPlan(
    OrganizationId Organization,
    IncidentId Incident,
    PlanKind Kind,
    IReadOnlyList<ChangeOperation> Steps,
    IReadOnlyList<Condition> Preconditions,
    ChangeClass Class,
    IReadOnlyList<PersonId> Requesters,
    DateTimeOffset Expiry,
    Nonce Nonce,
    BootEpoch Epoch,
    AgentName Agent)
{
    private const int FormatVersion = 1;

    /// <summary>SHA-256 over <see cref="CanonicalBytes"/>.</summary>
    public PlanDigest Digest => PlanDigest.Of(CanonicalBytes());

    /// <summary>RFC 8785 bytes of <see cref="ToJson"/>.</summary>
    public byte[] CanonicalBytes() => CanonicalJson.Serialize(ToJson());

    public JsonObject ToJson() => new()
    {
        ["plan"] = FormatVersion,
        ["organization"] = Organization.Value,
        ["incident"] = Incident.Value,
        ["kind"] = Kind.ToString(),
        ["steps"] = new JsonArray([.. Steps.Select(OperationJson.Write)]),
        ["preconditions"] = new JsonArray([.. Preconditions.Select(ConditionJson.Write)]),
        ["class"] = Class.ToString(),
        ["requesters"] = new JsonArray([.. Requesters.Select(person => person.ToJson())]),
        ["expiry"] = InstantText.Write(Expiry),
        ["nonce"] = Nonce.Value,
        ["epoch"] = Epoch.Value,
        ["agent"] = Agent.Value,
    };

    /// <exception cref="ApprovalFormatException">Not exactly a plan of this version.</exception>
    public static ExecutionPlan FromJson(ReadOnlyMemory<byte> utf8) => FromJson(StrictObject.Parse(utf8));

    /// <inheritdoc cref="FromJson(ReadOnlyMemory{byte})"/>
    public static ExecutionPlan FromJson(JsonElement element) => FromJson(System.Text.Encoding.UTF8.GetBytes(element.GetRawText()));

    internal static ExecutionPlan FromJson(StrictObject json)
    {
        json.Whole("plan", FormatVersion, FormatVersion);
        var plan = new ExecutionPlan(
            json.Value("organization", text => new OrganizationId(text), 300),
            json.Value("incident", text => new IncidentId(text), 300),
            json.Choice<PlanKind>("kind"),
            [.. json.Objects("steps").Select(OperationJson.ReadChange)],
            [.. json.Objects("preconditions").Select(ConditionJson.Read)],
            json.Choice<ChangeClass>("class"),
            [.. json.Objects("requesters").Select(PersonId.FromJson)],
            json.Instant("expiry"),
            json.Value("nonce", text => new Nonce(text)),
            json.Value("epoch", text => new BootEpoch(text)),
            json.Value("agent", text => new AgentName(text), 300));
        json.End();
        return plan;
    }
}
