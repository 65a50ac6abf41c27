using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Runs pipelines as an endpoint in NoLanguage mode does: one at a time, single known commands only, and says how they ended.
/// </summary>
internal sealed class PipelineRunner(
    IReadOnlyList<CommandMetadata>? commands, Func<ServedPipeline, CancellationToken, Task<PipelineResult>> handler)
{
    public async Task<(PipelineState State, ErrorRecord? Reason)> RunAsync(
        ServedPool pool, ServedCommand served, CreatePipeline pipeline, Action<ReadOnlyMemory<byte>> send)
    {
        var command = Spelt(pipeline.Commands[0]);
        if (Refuse(pipeline) is { } refusal)
            return (PipelineState.Failed, refusal);
        try
        {
            using var pass = await pool.Runspace.EnterAsync(served.Stopped).ConfigureAwait(false);
            var result = await handler(new ServedPipeline(command, served.Machine, send), served.Stopped).ConfigureAwait(false);
            return result switch
            {
                PipelineResult.Done => (PipelineState.Completed, null),
                PipelineResult.Failed failed => (PipelineState.Failed, failed.Error),
                PipelineResult.Unknown => (PipelineState.Failed, ServerErrors.CommandNotFound(command.Name)),
                _ => throw new InvalidOperationException($"No rule for {result.GetType().Name}."),
            };
        }
        catch (OperationCanceledException) when (served.Stopped.IsCancellationRequested)
        {
            return (PipelineState.Stopped, ServerErrors.Stopped);
        }
        catch (Exception e)
        {
            return (PipelineState.Failed, ServerErrors.Unhandled(command.Name, e));
        }
    }

    // Handlers see the cmdlet's own spelling, as in PowerShell.
    private PsCommand Spelt(PsCommand command) =>
        commands is not null && CommandNames.Find(commands, command.Name) is { } known ? command with { Name = known.Name } : command;

    private ErrorRecord? Refuse(CreatePipeline pipeline)
    {
        foreach (var command in pipeline.Commands)
        {
            if (command.IsScript)
                return ServerErrors.ScriptsNotAllowed(command.Name);
            if (commands is not null && CommandNames.Find(commands, command.Name) is null)
                return ServerErrors.CommandNotFound(command.Name);
        }

        return pipeline.Commands.Count > 1 || pipeline.Statements > 1 ? ServerErrors.SingleCommandsOnly : null;
    }
}
