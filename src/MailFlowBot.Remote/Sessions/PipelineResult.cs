using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>How a served pipeline ends. Closed.</summary>
internal abstract record PipelineResult
{
    private PipelineResult()
    {
    }

    /// <summary>Ran to its end, perhaps with errors.</summary>
    public static PipelineResult Completed { get; } = new Done();

    /// <summary>There is no such command for this user: what RBAC hides is not recognised.</summary>
    public static PipelineResult NotRecognised { get; } = new Unknown();

    public static PipelineResult FailedBy(ErrorRecord error) => new Failed(error);

    internal sealed record Done : PipelineResult;

    internal sealed record Unknown : PipelineResult;

    internal sealed record Failed(ErrorRecord Error) : PipelineResult;
}
