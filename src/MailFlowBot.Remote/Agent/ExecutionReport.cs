using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>One thing that happened while a plan was carried out. Every report is signed by the agent.</summary>
public abstract record ExecutionReport
{
    private protected ExecutionReport()
    {
    }

    /// <summary>The plan it is about.</summary>
    public PlanDigest Plan { get; init; }

    /// <summary>By the clock that the agent's waits run on, UTC.</summary>
    public DateTimeOffset At { get; init; }

    public ReportSignature? Signature { get; init; }

    /// <summary>True when the signature is that key's and fits the report to the letter.</summary>
    public bool IsSignedBy(TrustedKey key) => Signature is { } signed && signed.Key == key.Id
        && key.Verifies(SigningPurpose.Report, ReportJson.SignedBytes(this, signed.Agent), signed.Signature);
}

/// <summary>The grant does not permit the plan. Nothing was sent.</summary>
public sealed record GrantRefused(GrantRefusal Code, string Detail) : ExecutionReport;

/// <summary>What the approvers were shown is not so any more; the remaining steps were not sent. Takes a new plan.</summary>
public sealed record Drifted(IReadOnlyList<Drift> Differences) : ExecutionReport;

/// <summary>
/// A guard refuses on live values, or asks for more approvals than there are; the remaining steps were not sent.
/// </summary>
public sealed record GuardRefused(GuardReading Guard) : ExecutionReport;

/// <param name="Index">From 0.</param>
public sealed record StepStarted(int Index, ChangeOperation Operation) : ExecutionReport;

/// <param name="Took">From sending to the answer.</param>
public sealed record StepFinished(int Index, ChangeOutcome Outcome, TimeSpan Took) : ExecutionReport;

/// <summary>The outcome of a sent step is unknown until the state is read again; it is never sent a second time.</summary>
public sealed record OutcomeUnknown(int Index, string Detail) : ExecutionReport;

/// <summary>What the verification sees while it waits; sent when it changes.</summary>
public sealed record VerificationProgress(IReadOnlyList<ConditionReading> Conditions) : ExecutionReport;

/// <summary>All verify conditions hold for the first time.</summary>
public sealed record PlanVerified(IReadOnlyList<ConditionReading> Conditions) : ExecutionReport;

/// <summary>They still hold at the second look.</summary>
public sealed record PlanHeld(IReadOnlyList<ConditionReading> Conditions) : ExecutionReport;

/// <param name="Unmet">The verify conditions that do not hold.</param>
public sealed record PlanHadNoEffect(IReadOnlyList<ConditionReading> Unmet) : ExecutionReport;

/// <param name="Differences">What is not well any more.</param>
/// <param name="Inverse">Changes that restore what was recorded, to be registered as a plan of its own; empty where none exist.</param>
public sealed record PlanMadeWorse(IReadOnlyList<Worsening> Differences, IReadOnlyList<ChangeOperation> Inverse) : ExecutionReport;

/// <summary>Carried out no further, for a reason outside the plan: stopped, frozen, expired while waiting, or the agent's own trouble.</summary>
public sealed record Aborted(string Detail) : ExecutionReport;
