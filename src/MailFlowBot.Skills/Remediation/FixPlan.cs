using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Remediation;

/// <summary>Changes chosen for a finding. What makes them safe is judged by the catalogue, never here.</summary>
/// <param name="Finding">Class of the finding that the plan answers.</param>
/// <param name="Steps">In the order they are carried out; all on one server.</param>
/// <param name="Guided">
/// What a person does beside, with the command to paste as argument <c>command</c> where there is one.
/// </param>
/// <param name="Questions">What the approver must confirm first.</param>
/// <param name="Judgement">Class and guards of all steps together; never refused.</param>
/// <param name="Effect">What users will notice.</param>
/// <param name="Risk">What can go wrong.</param>
public sealed record FixPlan(
    string Finding,
    IReadOnlyList<ChangeOperation> Steps,
    IReadOnlyList<Line> Guided,
    IReadOnlyList<Line> Questions,
    Judgement Judgement,
    Line Effect,
    Line Risk);
