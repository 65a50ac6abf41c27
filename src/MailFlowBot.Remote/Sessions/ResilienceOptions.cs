namespace MailFlowBot.Remote.Sessions;

/// <summary>How often and for how long an endpoint is tried. For opens and reads only.</summary>
internal sealed record ResilienceOptions
{
    /// <summary>Attempts to open a session, the first included.</summary>
    public int OpenAttempts { get; init; } = 3;

    /// <summary>Attempts of a read whose outcome got lost, the first included.</summary>
    public int ReadAttempts { get; init; } = 2;

    /// <summary>Pause before the second attempt; doubled for each further one, with jitter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time for all attempts to open.</summary>
    public TimeSpan OpenLimit { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>So many failed opens without a good one in between, and the endpoint is left alone for <see cref="BreakTime"/>.</summary>
    public int FailuresBeforeBreak { get; init; } = 6;

    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(30);
}
