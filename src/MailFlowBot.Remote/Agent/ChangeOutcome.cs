namespace MailFlowBot.Remote.Agent;

/// <summary>What is known of a change after it was sent, which happens at most once.</summary>
public abstract record ChangeOutcome
{
    private protected ChangeOutcome()
    {
    }
}

/// <summary>The endpoint carried it out without an error record.</summary>
public sealed record ChangeCompleted : ChangeOutcome;

/// <param name="Detail">The endpoint's error; foreign text.</param>
public sealed record ChangeFailed(string Detail) : ChangeOutcome;

/// <summary>Stopped on request before it was complete.</summary>
public sealed record ChangeStopped : ChangeOutcome;

/// <summary>The connection broke after the change was sent: only a new read tells what became of it.</summary>
public sealed record ChangeLost(string Detail) : ChangeOutcome;
