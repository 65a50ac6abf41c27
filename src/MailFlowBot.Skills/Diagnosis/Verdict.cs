using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What one skill says about one server.</summary>
public sealed record Verdict(
    IReadOnlyList<Finding> Findings, FixPlan? Plan, string? Refusal, IReadOnlyList<Line> Runbook);
