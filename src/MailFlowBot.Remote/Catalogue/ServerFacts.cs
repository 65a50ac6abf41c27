namespace MailFlowBot.Remote.Catalogue;

/// <summary>A mailbox server's place in its DAG.</summary>
/// <param name="ActivationPolicy">DatabaseCopyAutoActivationPolicy: Unrestricted, IntrasiteOnly or Blocked; null when not told.</param>
/// <param name="MoveNow">DatabaseCopyActivationDisabledAndMoveNow; null when not told.</param>
/// <remarks>Paths: <c>activationPolicy</c>, <c>moveNow</c>.</remarks>
public sealed record MailboxServerFact(ServerName Server, string? Dag, string? ActivationPolicy, bool? MoveNow) : Fact
{
    public bool PolicyBlocked => string.Equals(ActivationPolicy, "Blocked", StringComparison.OrdinalIgnoreCase);

    public override string? Value(string path) => path switch
    {
        "activationPolicy" => ActivationPolicy,
        "moveNow" => MoveNow is { } moveNow ? Text(moveNow) : null,
        _ => null,
    };
}

/// <summary>A copy of a database on a server.</summary>
public sealed record DatabaseCopyReading(string Name, string Status, bool? ActivationSuspended, long? CopyQueueLength);

/// <summary>The database copies of a server. Paths: <c>DATABASE/status</c>.</summary>
public sealed record DatabaseCopiesFact(ServerName Server, IReadOnlyList<DatabaseCopyReading> Copies) : Fact
{
    public override string? Value(string path)
    {
        var (name, part) = Split(path);
        return part == "status"
            ? Copies.FirstOrDefault(copy => copy.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))?.Status
            : null;
    }
}

/// <summary>Traces of setup and updates. A null member could not be read and is never taken as "no".</summary>
/// <param name="SetupBuild">Build of the installed ExSetup, such as <c>15.02.1544.004</c>.</param>
/// <remarks>Paths: <c>setupRunning</c>, <c>watermark</c>, <c>rebootPending</c>.</remarks>
public sealed record InstallStateFact(ServerName Server, bool? SetupRunning, bool? Watermark, bool? RebootPending, string? SetupBuild) : Fact
{
    public override string? Value(string path) => path switch
    {
        "setupRunning" => SetupRunning is { } running ? Text(running) : null,
        "watermark" => Watermark is { } watermark ? Text(watermark) : null,
        "rebootPending" => RebootPending is { } pending ? Text(pending) : null,
        _ => null,
    };
}

/// <summary>Paths: <c>state</c>.</summary>
public sealed record ClusterNodeFact(ServerName Server, ClusterNodeState State) : Fact
{
    public override string? Value(string path) => path == "state" ? State.ToString() : null;
}
