namespace MailFlowBot.Remote.Psrp;

/// <summary>What the client learns on a pipeline's stream. Closed: switch over all kinds.</summary>
internal abstract record PipelineEvent
{
    private PipelineEvent()
    {
    }

    internal sealed record OutputReceived(object? Value) : PipelineEvent;

    /// <summary>An error that did not end the pipeline.</summary>
    internal sealed record ErrorReceived(ErrorRecord Error) : PipelineEvent;

    internal sealed record WarningReceived(InformationalRecord Record) : PipelineEvent;

    internal sealed record VerboseReceived(InformationalRecord Record) : PipelineEvent;

    internal sealed record DebugReceived(InformationalRecord Record) : PipelineEvent;

    internal sealed record ProgressReceived(ProgressRecord Record) : PipelineEvent;

    internal sealed record InformationReceived(InformationRecord Record) : PipelineEvent;

    /// <inheritdoc cref="PoolEvent.HostCallRefused"/>
    internal sealed record HostCallRefused(HostCall Call, ReadOnlyMemory<byte> Answer) : PipelineEvent;

    /// <summary>
    /// Stopped, Completed or Failed; nothing of the pipeline follows. <paramref name="Reason"/> is the terminating error.
    /// </summary>
    internal sealed record Ended(PipelineState State, ErrorRecord? Reason) : PipelineEvent;

    /// <inheritdoc cref="PoolEvent.Ignored"/>
    internal sealed record Ignored(MessageType Type) : PipelineEvent;
}
