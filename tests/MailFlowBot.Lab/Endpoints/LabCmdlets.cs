using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>Cmdlets that exist in the lab only, beside the organisation's: to measure and to stop.</summary>
internal static class LabCmdlets
{
    public const string GetObject = "Get-LabObject";
    public const string WaitStop = "Wait-LabStop";

    private const int MostObjects = 1_000_000;
    private const int LongestText = 1_000_000;

    public static IReadOnlyList<CommandMetadata> All { get; } = [new(GetObject, ["Count", "Length"]), new(WaitStop, Array.Empty<string>())];

    /// <summary>Runs one of them; null when the command is none.</summary>
    public static Task<PipelineResult>? Run(ServedPipeline pipeline, CancellationToken stopped) => pipeline.Command.Name switch
    {
        GetObject => Task.FromResult(Objects(pipeline, stopped)),
        WaitStop => WaitAsync(pipeline, stopped),
        _ => null,
    };

    private static PipelineResult Objects(ServedPipeline pipeline, CancellationToken stopped)
    {
        var text = new string('x', Number(pipeline, "Length", 20, LongestText));
        var count = Number(pipeline, "Count", 1, MostObjects);
        for (var i = 0; i < count; i++)
        {
            stopped.ThrowIfCancellationRequested();
            pipeline.Output(new PsObject { TypeNames = ["MailFlowBot.Lab.Object", "System.Object"], Adapted = { ["Index"] = i, ["Text"] = text } });
        }

        return PipelineResult.Completed;
    }

    /// <summary>Says one thing and then nothing until it is stopped.</summary>
    private static async Task<PipelineResult> WaitAsync(ServedPipeline pipeline, CancellationToken stopped)
    {
        pipeline.Output("waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, stopped);
        return PipelineResult.Completed;
    }

    private static int Number(ServedPipeline pipeline, string parameter, int otherwise, int most) =>
        PsObject.Unwrap(pipeline.Command[parameter]) switch
        {
            int number => Math.Clamp(number, 0, most),
            string text when int.TryParse(text, out var number) => Math.Clamp(number, 0, most),
            _ => otherwise,
        };
}
