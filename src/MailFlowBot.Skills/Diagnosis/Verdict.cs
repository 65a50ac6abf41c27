using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What one skill says about one server.</summary>
public sealed record Verdict(
    IReadOnlyList<Finding> Findings, FixPlan? Plan, string? Refusal, IReadOnlyList<Line> Runbook)
{
    /// <summary>What a person is asked to paste next, where the server can be read in no other way; null when nothing.</summary>
    public Line? PasteBack { get; init; }
}
