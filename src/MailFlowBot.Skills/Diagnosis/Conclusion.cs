using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What an examination came to.</summary>
/// <param name="Findings">Most telling first; empty when nothing was found.</param>
/// <param name="Plan">The fix that may be proposed; null when there is none or it is refused.</param>
/// <param name="Refusal">Why there is no plan for what was found: a <see cref="RefusalCode"/>.</param>
/// <param name="Ask">The one question that would help on.</param>
/// <param name="Runbook">What a person does or looks at; commands in the argument <c>command</c>.</param>
public sealed record Conclusion(
    IReadOnlyList<Finding> Findings, FixPlan? Plan, string? Refusal, Line? Ask, IReadOnlyList<Line> Runbook);
