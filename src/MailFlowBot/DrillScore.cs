using MailFlowBot.Incidents;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot;

/// <summary>What a drill's expectation says, held against what became of the incident.</summary>
internal static class DrillScore
{
    /// <summary>One thing that was judged.</summary>
    /// <param name="What">Stable id, such as <c>finding</c>.</param>
    internal sealed record Check(string What, string Expected, string Seen)
    {
        public bool Held => Expected == Seen;
    }

    private const string None = "none";

    /// <summary>The incident after the report, before anybody decided.</summary>
    public static IReadOnlyList<Check> OfReport(DrillExpectation expected, Incident incident)
    {
        var first = incident.Diagnosis?.Findings is [var finding, ..] ? finding : null;
        var checks = new List<Check> { new("finding", expected.Finding, first?.Class ?? None) };
        if (expected.Explains is { } explains)
            checks.Add(new Check("explains", explains, first?.Explains ?? None));
        checks.Add(new Check("plan", expected.PlanClass?.ToString() ?? None, incident.Plan?.Class ?? None));
        if (expected.NoPlan)
        {
            checks.Add(new Check("refusal", expected.Refusal ?? None, incident.Refusal ?? None));
            return checks;
        }

        // A plan may go on after the steps that the drill asks for.
        checks.Add(new Check(
            "steps", Steps(expected.Steps.Select(step => step.Id)), Steps((incident.Plan?.Steps ?? []).Take(expected.Steps.Count).Select(step => step.Operation))));
        if (expected.AsksOwner)
            checks.Add(new Check("owner-question", "asked", incident.Plan?.Questions.Count > 0 ? "asked" : None));
        return checks;
    }

    /// <summary>The incident after the first plan was approved by as many people as it takes.</summary>
    public static IReadOnlyList<Check> OfApproval(DrillExpectation expected, Incident incident)
    {
        if (expected.Refusal is { } refusal)
        {
            return
            [
                new Check("refusal", refusal, incident.Refusal ?? None),
                new Check("changes", "0", Number(incident.Events.Count(recorded => recorded.Event is StepStarted))),
                new Check("next-plan", expected.NextClass?.ToString() ?? None, incident.PlanIsOpen ? incident.Plan!.Class : None),
            ];
        }

        return expected.NextClass is { } next
            ? [new Check("next-plan", next.ToString(), incident.PlanIsOpen ? incident.Plan!.Class : None)]
            : [Outcome(incident)];
    }

    /// <summary>Whether what was done did what it should: verified, and the same at the second look.</summary>
    public static Check Outcome(Incident incident) => new("outcome", "held", incident.SecondLook is { Held: true } ? "held" : incident.Execution?.Outcome ?? None);

    private static string Steps(IEnumerable<string> operations) => string.Join(" + ", operations);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
