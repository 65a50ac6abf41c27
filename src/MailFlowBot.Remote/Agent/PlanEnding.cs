namespace MailFlowBot.Remote.Agent;

/// <summary>How a plan that was begun came to its end, as the journal keeps it.</summary>
public enum PlanEnding
{
    /// <summary>Nothing was sent: drift, a guard, or time over.</summary>
    NotStarted,

    /// <summary>Some steps were sent, the rest not.</summary>
    Interrupted,

    Verified,
    Held,
    NoEffect,
    Worse,
}
