namespace MailFlowBot.Remote.Agent;

/// <summary>
/// Times and counts that an agent keeps to, whatever it is asked (AISVS 9.1.1). The waits are those of the Exchange procedures; the
/// counts are arbitrary and generous.
/// </summary>
public sealed record AgentLimits
{
    /// <summary>Reads made to judge one plan: one server with its peers takes some ten.</summary>
    public int ReadsPerPlan { get; init; } = 64;

    /// <summary>Rounds of "what else do the guards need".</summary>
    public int ReadRounds { get; init; } = 6;

    /// <summary>Plans that may wait for a decision; whoever registers without end must not fill the disk.</summary>
    public int OpenPlans { get; init; } = 100;

    /// <summary>Refused grants written down per plan, for the same reason.</summary>
    public int RecordedRefusals { get; init; } = 50;

    /// <summary>Longest wait for one read. Measured on the clock of people: one that jumps would cut every read off.</summary>
    public TimeSpan ReadPatience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Longest wait for the answer to a change; a transport service on a busy server takes minutes to stop.</summary>
    public TimeSpan SendPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a step may take to show its effect. Get-Queue may fail or list nothing so long after a start.</summary>
    public TimeSpan VerifyPatience { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan VerifyEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From verified to the second look.</summary>
    public TimeSpan HeldAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The same change on the same server is refused for so long (restart guard 8).</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How far back repetitions and ineffective fixes are counted.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(7);

    /// <summary>So many of the same change within <see cref="Memory"/>: somebody must find out who sets it back.</summary>
    public int SameChanges { get; init; } = 3;

    /// <summary>So many fixes without effect on one server within <see cref="Memory"/>: a further one is no button any more.</summary>
    public int IneffectiveFixes { get; init; } = 2;
}
