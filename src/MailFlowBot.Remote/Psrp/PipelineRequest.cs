namespace MailFlowBot.Remote.Psrp;

/// <summary>What the server learns on a pipeline's stream. Closed: switch over all kinds.</summary>
internal abstract record PipelineRequest
{
    private PipelineRequest()
    {
    }

    internal sealed record Run(CreatePipeline Pipeline) : PipelineRequest;

    internal sealed record Metadata(GetCommandMetadata Query) : PipelineRequest;

    internal sealed record InputReceived(object? Value) : PipelineRequest;

    internal sealed record InputEnded : PipelineRequest;

    internal sealed record HostAnswered(HostResponse Response) : PipelineRequest;

    internal sealed record Ignored(MessageType Type) : PipelineRequest;
}
