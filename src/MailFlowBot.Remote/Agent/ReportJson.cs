using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Reports as JSON: <c>{"report","plan","at",…}</c> and what each kind adds. Durations in milliseconds.</summary>
public static class ReportJson
{
    /// <summary>The report without its signature.</summary>
    public static JsonObject Write(ExecutionReport report)
    {
        var json = Members(report);
        json["report"] = report.GetType().Name;
        json["plan"] = report.Plan.Value;
        json["at"] = InstantText.Write(report.At);
        return json;
    }

    /// <summary>RFC 8785 bytes of the report and the agent's name: what the agent signs.</summary>
    public static byte[] SignedBytes(ExecutionReport report, AgentName agent)
    {
        var json = Write(report);
        json["agent"] = agent.Value;
        return CanonicalJson.Serialize(json);
    }

    private static JsonObject Members(ExecutionReport report) => report switch
    {
        GrantRefused refused => new() { ["code"] = refused.Code.ToString(), ["detail"] = WellFormed(refused.Detail) },
        Drifted drifted => new() { ["differences"] = List(drifted.Differences, Drift) },
        GuardRefused refused => new() { ["guard"] = Guard(refused.Guard) },
        StepStarted started => new() { ["index"] = started.Index, ["operation"] = OperationJson.Write(started.Operation) },
        StepFinished finished => new()
        {
            ["index"] = finished.Index,
            ["outcome"] = Outcome(finished.Outcome),
            ["tookMs"] = Math.Round(finished.Took.TotalMilliseconds),
        },
        OutcomeUnknown unknown => new() { ["index"] = unknown.Index, ["detail"] = WellFormed(unknown.Detail) },
        VerificationProgress progress => new() { ["conditions"] = List(progress.Conditions, Reading) },
        PlanVerified verified => new() { ["conditions"] = List(verified.Conditions, Reading) },
        PlanHeld held => new() { ["conditions"] = List(held.Conditions, Reading) },
        PlanHadNoEffect none => new() { ["unmet"] = List(none.Unmet, Reading) },
        PlanMadeWorse worse => new()
        {
            ["differences"] = List(worse.Differences, Worse),
            ["inverse"] = List(worse.Inverse, OperationJson.Write),
        },
        Aborted aborted => new() { ["detail"] = WellFormed(aborted.Detail) },
        _ => throw new ArgumentException($"A report of type {report.GetType().Name} has no form.", nameof(report)),
    };

    internal static JsonObject Outcome(ChangeOutcome outcome) => outcome switch
    {
        ChangeCompleted => new() { ["kind"] = "completed" },
        ChangeFailed failed => new() { ["kind"] = "failed", ["detail"] = WellFormed(failed.Detail) },
        ChangeStopped => new() { ["kind"] = "stopped" },
        ChangeLost lost => new() { ["kind"] = "lost", ["detail"] = WellFormed(lost.Detail) },
        _ => throw new ArgumentException($"An outcome of type {outcome.GetType().Name} has no form.", nameof(outcome)),
    };

    /// <summary>Foreign text may hold half of a surrogate pair, which has no canonical form.</summary>
    internal static string WellFormed(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private static JsonObject Drift(Drift drift) => new()
    {
        ["condition"] = ConditionJson.Write(drift.Condition),
        ["was"] = drift.Was,
        ["now"] = Optional(drift.Now),
        ["notSeen"] = Optional(drift.NotSeen),
    };

    private static JsonObject Reading(ConditionReading reading) => new()
    {
        ["condition"] = ConditionJson.Write(reading.Condition),
        ["before"] = Optional(reading.Before),
        ["now"] = Optional(reading.Now),
        ["holds"] = reading.Holds,
    };

    private static JsonObject Worse(Worsening worse) => new()
    {
        ["read"] = OperationJson.Write(worse.Read),
        ["path"] = WellFormed(worse.Path),
        ["before"] = worse.Before,
        ["now"] = worse.Now,
    };

    private static JsonObject Guard(GuardReading guard) => new()
    {
        ["guard"] = guard.Guard,
        ["reading"] = WellFormed(guard.Reading),
        ["effect"] = guard.Effect.ToString(),
        ["refusal"] = guard.Refusal?.ToString(),
    };

    private static string? Optional(string? text) => text is null ? null : WellFormed(text);

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(write)]);
}
