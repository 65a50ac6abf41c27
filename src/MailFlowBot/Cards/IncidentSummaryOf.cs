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
        ["plan"] = incident is { PlanIsReplaced: false, Plan: { } plan }
            ? new JsonObject
            {
                ["digest"] = plan.Digest,
                ["kind"] = plan.Kind,
                ["open"] = incident.PlanIsOpen,
                ["steps"] = new JsonArray([.. plan.Steps.Select(step => new JsonObject
                {
                    ["operation"] = step.Operation, ["server"] = step.Server, ["command"] = step.Command,
                })]),
                ["guards"] = new JsonArray([.. plan.Guards.Select(guard => new JsonObject
                {
                    ["guard"] = guard.Guard, ["reading"] = guard.Reading, ["effect"] = guard.Effect,
                })]),
            }
            : null,
        ["refusal"] = incident.Refusal,
    };

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
