using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Journal entries as JSON and back, as strictly as plans are read.</summary>
internal static class JournalEntryJson
{
    // Arbitrary; errors of endpoints are some hundred characters.
    private const int MaxDetail = 4000;

    public static JsonObject Write(JournalEntry entry)
    {
        var json = Members(entry);
        json["entry"] = entry.GetType().Name;
        return json;
    }

    public static JournalEntry Read(StrictObject json)
    {
        JournalEntry entry = json.Text("entry") switch
        {
            nameof(AgentStarted) => new AgentStarted(
                json.Value("agent", text => new AgentName(text), 300), json.Value("epoch", text => new BootEpoch(text))),
            nameof(PlanRegistered) => new PlanRegistered(ExecutionPlan.FromJson(json.Object("plan"))),
            nameof(GrantRejected) => new GrantRejected(Plan(json), json.Choice<GrantRefusal>("code"), Detail(json)),
            nameof(PlanBegun) => new PlanBegun(
                json.Value("nonce", text => new Nonce(text)), ApprovalGrant.FromJson(json.Object("grant"))),
            nameof(StepIntended) => new StepIntended(
                Plan(json),
                Index(json),
                OperationJson.ReadChange(json.Object("change")),
                json.Has("inverse") ? OperationJson.ReadChange(json.Object("inverse")) : null,
                [.. json.Objects("verify").Select(ConditionJson.Read)]),
            nameof(StepEnded) => new StepEnded(Plan(json), Index(json), json.Choice<StepEnding>("ending"), Detail(json)),
            nameof(PlanEnded) => new PlanEnded(Plan(json), json.Choice<PlanEnding>("ending"), Detail(json)),
            nameof(AgentFrozen) => new AgentFrozen(
                json.Choice<FreezeOrigin>("origin"),
                json.Has("by") ? PersonId.FromJson(json.Object("by")) : null,
                json.Text("reason", MaxDetail)),
            nameof(FreezeLifted) => new FreezeLifted(
                json.Choice<FreezeOrigin>("origin"),
                json.Has("nonce") ? json.Value("nonce", text => new Nonce(text)) : null,
                json.Has("grant") ? ApprovalGrant.FromJson(json.Object("grant")) : null),
            _ => throw json.Bad("entry", "no entry of this version"),
        };
        json.End();
        return entry;
    }

    private static JsonObject Members(JournalEntry entry) => entry switch
    {
        AgentStarted started => new() { ["agent"] = started.Agent.Value, ["epoch"] = started.Epoch.Value },
        PlanRegistered registered => new() { ["plan"] = registered.Plan.ToJson() },
        GrantRejected rejected => Of(rejected.Plan, ("code", rejected.Code.ToString()), ("detail", Short(rejected.Detail))),
        PlanBegun begun => new() { ["nonce"] = begun.Nonce.Value, ["grant"] = begun.Grant.ToJson() },
        StepIntended intended => Of(
            intended.Plan,
            ("index", intended.Index),
            ("change", OperationJson.Write(intended.Change)),
            ("inverse", intended.Inverse is { } inverse ? OperationJson.Write(inverse) : null),
            ("verify", new JsonArray([.. intended.Verify.Select(ConditionJson.Write)]))),
        StepEnded ended => Of(
            ended.Plan, ("index", ended.Index), ("ending", ended.Ending.ToString()), ("detail", Short(ended.Detail))),
        PlanEnded ended => Of(ended.Plan, ("ending", ended.Ending.ToString()), ("detail", Short(ended.Detail))),
        AgentFrozen frozen => Of(
            null, ("origin", frozen.Origin.ToString()), ("by", frozen.By?.ToJson()), ("reason", Short(frozen.Reason))),
        FreezeLifted lifted => Of(
            null, ("origin", lifted.Origin.ToString()), ("nonce", lifted.Nonce?.Value), ("grant", lifted.Grant?.ToJson())),
        _ => throw new ArgumentException($"An entry of type {entry.GetType().Name} has no form.", nameof(entry)),
    };

    private static JsonObject Of(PlanDigest? plan, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        if (plan is { } digest)
            json["plan"] = digest.Value;
        foreach (var (name, value) in members)
        {
            if (value is not null)
                json[name] = value;
        }

        return json;
    }

    private static PlanDigest Plan(StrictObject json) => json.Value("plan", text => new PlanDigest(text));

    private static int Index(StrictObject json) => json.Whole("index", 0, 1000);

    private static string Detail(StrictObject json) => json.Text("detail", MaxDetail);

    private static string Short(string text)
    {
        var whole = ReportJson.WellFormed(text);
        return whole.Length <= MaxDetail ? whole : ReportJson.WellFormed(whole[..(MaxDetail - 1)]);
    }
}
