using System.Text.Json.Nodes;
using MailFlowBot.Incidents;

namespace MailFlowBot.Cards;

/// <summary>The machine-readable member <c>mailflowbot</c> of a card that is printed as JSON.</summary>
internal static class IncidentSummaryOf
{
    public static JsonObject Json(Incident incident) => new()
    {
        ["incident"] = incident.Id.ToString(),
        ["state"] = Code(incident.State),
        ["finding"] = incident.Diagnosis?.Findings is [var finding, ..]
            ? new JsonObject { ["class"] = finding.Class, ["server"] = finding.Server, ["explains"] = finding.Explains }
            : null,
        ["class"] = incident.PlanIsReplaced ? null : incident.Plan?.Class,
        ["plan"] = incident is { PlanIsReplaced: false, Plan: { } plan } ? Plan(plan, incident.PlanIsOpen)
            : incident.Withheld is { Commands: { } commands } ? new JsonObject { ["digest"] = null, ["open"] = false, ["steps"] = Steps(commands) }
            : null,
        ["refusal"] = incident.Refusal,
    };

    private static JsonObject Plan(PlanProposed plan, bool isOpen) => new()
    {
        ["digest"] = plan.Digest,
        ["kind"] = plan.Kind,
        ["open"] = isOpen,
        ["steps"] = Steps(plan.Steps),
        ["guards"] = new JsonArray([.. plan.Guards.Select(guard => new JsonObject
        {
            ["guard"] = guard.Guard, ["reading"] = guard.Reading, ["effect"] = guard.Effect,
        })]),
    };

    private static JsonArray Steps(IReadOnlyList<PlannedStep> steps) => new([.. steps.Select(step => new JsonObject
    {
        ["operation"] = step.Operation, ["server"] = step.Server, ["command"] = step.Command,
    })]);

    /// <summary>The state as it is written in formats: <c>awaiting-approval</c>.</summary>
    public static string Code(IncidentState state) => state switch
    {
        IncidentState.Reading => "reading",
        IncidentState.Checking => "checking",
        IncidentState.Findings => "findings",
        IncidentState.AwaitingApproval => "awaiting-approval",
        IncidentState.Running => "running",
        IncidentState.Verified => "verified",
        IncidentState.Held => "held",
        IncidentState.NoEffect => "no-effect",
        IncidentState.Worse => "worse",
        IncidentState.Refused => "refused",
        IncidentState.Expired => "expired",
        IncidentState.Runbook => "runbook",
        IncidentState.Asking => "asking",
        IncidentState.NotOurs => "not-ours",
        IncidentState.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a name."),
    };
}
