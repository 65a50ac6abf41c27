namespace MailFlowBot.Remote.Approvals;

/// <summary>What a plan is for.</summary>
public enum PlanKind
{
    /// <summary>Changes that remedy a finding.</summary>
    Fix,

    /// <summary>The inverse of changes that the agent's journal shows executed.</summary>
    Inverse,

    /// <summary>Ends a freeze; has no steps.</summary>
    Lift,
}
