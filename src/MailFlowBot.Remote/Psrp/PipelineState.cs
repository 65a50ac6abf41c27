using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>States of a pipeline (MS-PSRP 2.2.3.5); the numbers are those of the wire, where 3, 4 and 5 end it.</summary>
internal enum PipelineState
{
    NotStarted = 0,
    Running = 1,
    Stopping = 2,
    Stopped = 3,
    Completed = 4,
    Failed = 5,
    Disconnected = 6,
}

/// <summary>PIPELINE_STATE (MS-PSRP 2.2.2.21). A terminating error travels here and never as ERROR_RECORD.</summary>
internal sealed record PipelineStateChange(PipelineState State, ErrorRecord? Reason = null)
{
    public bool IsEnd => State is PipelineState.Stopped or PipelineState.Completed or PipelineState.Failed;

    public static PipelineStateChange Read(PsObject body) => new(
        (PipelineState)Body.Int32(body, PsrpNames.PipelineState),
        body[PsrpNames.ExceptionAsErrorRecord] is PsObject reason ? ErrorRecord.Read(reason) : null);

    public PsObject ToObject()
    {
        var body = new PsObject { Extended = { [PsrpNames.PipelineState] = (int)State } };
        if (Reason is not null)
            body.Extended[PsrpNames.ExceptionAsErrorRecord] = Reason.ToObject();
        return body;
    }
}
