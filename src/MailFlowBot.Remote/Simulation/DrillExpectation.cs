using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What a drill is scored against. A null member is not judged; <see cref="NoFinding"/> and <see cref="NoPlan"/> are.</summary>
/// <param name="Finding">Class of the first finding, such as <c>component_inactive</c>.</param>
/// <param name="Explains"><c>explains</c> or <c>partly</c>; null where either is right.</param>
/// <param name="PlanClass">Class of the first plan.</param>
/// <param name="Steps">Operations of the first plan, in order; a plan may go on after them.</param>
/// <param name="NextClass">Class of the plan that follows when the first one was carried out; null when nothing is left to do.</param>
/// <param name="Refusal">Why there is no plan, or, with a plan, why it is refused when it is to be carried out.</param>
/// <param name="AsksOwner">The approver must confirm that the change owner was asked.</param>
/// <param name="OutcomeUnknown">What became of a step is not told and must be read again.</param>
public sealed record DrillExpectation(
    string Finding,
    string? Explains,
    ChangeClass? PlanClass,
    IReadOnlyList<ChangeOperation> Steps,
    ChangeClass? NextClass = null,
    string? Refusal = null,
    bool AsksOwner = false,
    bool OutcomeUnknown = false)
{
    public bool NoFinding => Finding == "none";

    public bool NoPlan => PlanClass is null;

    internal static DrillExpectation Nothing { get; } = new("none", null, null, []);
}
