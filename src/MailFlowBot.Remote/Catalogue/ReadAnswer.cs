namespace MailFlowBot.Remote.Catalogue;

/// <summary>Where an observation comes from. What a person pasted can block a change, never allow one.</summary>
public enum OriginKind { Endpoint, Person }

/// <summary>The origin of an answer: the server that really answered, or the person who pasted it.</summary>
public sealed record Origin(OriginKind Kind, string Name);

/// <summary>Why a read saw nothing. None of these says anything about the health of a server.</summary>
public enum NotSeenReason
{
    /// <summary>No endpoint of the needed kind is configured for the server.</summary>
    NoEndpoint,

    /// <summary>The endpoint could not be reached or the session broke.</summary>
    Unreachable,

    /// <summary>The endpoint answered that the account may not do this.</summary>
    MissingRight,

    /// <summary>The answer came from another or an unknown server.</summary>
    WrongServer,

    /// <summary>The command failed.</summary>
    Failed,

    /// <summary>The answer came but lacks what the read is about.</summary>
    Unreadable,

    /// <summary>No answer within the time allowed.</summary>
    TimedOut,

    /// <summary>The server is not in the inventory.</summary>
    UnknownServer,
}

/// <summary>What came of a read: a fact, or the reason why nothing was seen.</summary>
public abstract record ReadAnswer(ReadOperation Read, DateTimeOffset At)
{
    /// <summary>The fact, when one was seen at an endpoint; null else.</summary>
    public Fact? EndpointFact => this is Seen { Origin.Kind: OriginKind.Endpoint } seen ? seen.Fact : null;
}

/// <param name="Took">Time between asking and the whole answer.</param>
public sealed record Seen(ReadOperation Read, Fact Fact, Origin Origin, DateTimeOffset At, TimeSpan Took) : ReadAnswer(Read, At);

/// <param name="Detail">What exactly went wrong, for people; may quote the endpoint, so it is foreign text.</param>
public sealed record NotSeen(ReadOperation Read, NotSeenReason Reason, string Detail, DateTimeOffset At) : ReadAnswer(Read, At);
