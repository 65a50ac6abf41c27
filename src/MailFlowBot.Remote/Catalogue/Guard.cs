namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// A rule that stands before a change and is judged on live readings, by the bot when it proposes and by the agent before it acts.
/// </summary>
public abstract record Guard
{
    private protected Guard()
    {
    }

    public abstract string Id { get; }

    /// <summary>
    /// True: judged once, on what was read before the plan's first step, because the plan's own steps change what it looks at.
    /// </summary>
    public virtual bool JudgedBeforePlan => false;

    /// <summary>Reads this guard needs, given what is known; more may follow once these were answered.</summary>
    public abstract IEnumerable<ReadOperation> Needs(Readings readings);

    public abstract GuardReading Check(Readings readings, DateTimeOffset now);
}
