using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>What a pipeline sent before its end.</summary>
internal sealed record InvocationStreams(
    IReadOnlyList<object?> Outputs, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings)
{
    public static InvocationStreams Empty { get; } = new([], [], []);
}

/// <summary>How a command ended. Closed: switch over all kinds.</summary>
internal abstract record InvocationOutcome
{
    private InvocationOutcome(InvocationStreams streams) => Streams = streams;

    /// <summary>What came before the end; it counts whatever the end was.</summary>
    public InvocationStreams Streams { get; init; }

    /// <summary>
    /// Ran to its end. That is not success: errors that do not terminate stand in <see cref="Streams"/>, and for a change each of
    /// them is a failure.
    /// </summary>
    internal sealed record Completed(InvocationStreams Streams) : InvocationOutcome(Streams)
    {
        public bool HasErrors => Streams.Errors.Count > 0;
    }

    /// <summary>Ended by a terminating error.</summary>
    internal sealed record Failed(ErrorRecord Error, InvocationStreams Streams) : InvocationOutcome(Streams);

    /// <summary>Stopped at our request.</summary>
    internal sealed record Stopped(InvocationStreams Streams) : InvocationOutcome(Streams);

    /// <summary>
    /// The end is not known; the session is dead. With <see cref="Delivery.NotSent"/> the command certainly did not run,
    /// otherwise it may have.
    /// </summary>
    internal sealed record Lost(Delivery Delivery, string Reason, InvocationStreams Streams) : InvocationOutcome(Streams)
    {
        /// <summary>False when the command was not even given to a connection.</summary>
        public bool WasPosted { get; init; } = true;
    }

    /// <summary>
    /// Not sent, because the endpoint does not offer it to this account: a right is missing. <paramref name="Parameter"/> is null when
    /// the whole cmdlet is.
    /// </summary>
    internal sealed record NotAllowed(string Cmdlet, string? Parameter, string Reason) : InvocationOutcome(InvocationStreams.Empty);
}
