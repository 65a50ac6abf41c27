namespace MailFlowBot.Remote.Sessions;

/// <summary>How many sessions there may be and how long they are kept.</summary>
internal sealed record SessionPoolOptions
{
    /// <summary>
    /// Shells of one account over all endpoints. Exchange's default policy allows 18 (PowerShellMaxConcurrency); people with the same
    /// account need some.
    /// </summary>
    public int ShellsPerAccount { get; init; } = 12;

    /// <summary>Exchange runs one command at a time in a runspace; one session an endpoint is what it expects of a client.</summary>
    public int SessionsPerEndpoint { get; init; } = 1;

    /// <summary>How long an unused session is kept. An incident's questions come within minutes; after it nobody needs the shell.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a session that nobody uses is kept while others wait for its place in the budget: longer than the pause between two
    /// commands of one diagnosis.
    /// </summary>
    public TimeSpan YieldTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many commands a session that is used without a pause runs before it makes room for others.</summary>
    public int CallsBeforeYield { get; init; } = 32;

    public Func<EndpointName, EndpointAccount> AccountOf { get; init; } = _ => EndpointAccount.Process;

    /// <summary>
    /// The commands that are asked about once for each endpoint, so that a missing right is known before something is sent. Empty: nothing
    /// is asked and all commands are sent.
    /// </summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Called when an endpoint says that the account has too many shells: frees those that an earlier process left behind.</summary>
    public Func<EndpointName, CancellationToken, Task>? Reap { get; init; }

    public ResilienceOptions Resilience { get; init; } = new();
}
