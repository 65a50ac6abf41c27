using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>An endpoint in this process with a few cmdlets of its own, and sessions to it.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Endpoint(EndpointServerOptions? options = null, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Server = new EndpointServer(options ?? new EndpointServerOptions(), RunAsync, Time);
        Transport = new InMemoryTransport(Server.PostAsync);
    }

    public TimeProvider Time { get; }

    public EndpointServer Server { get; }

    public IWsmanTransport Transport { get; set; }

    /// <summary>Completes when Wait-X runs.</summary>
    public Task Waiting => _waiting.Task;

    /// <summary>How often a Throttle cmdlet was called.</summary>
    public int Throttled { get; private set; }

    /// <summary>What Set-X was called with.</summary>
    public List<PsCommand> Changes { get; } = [];

    public ShellOptions Shell { get; set; } = new("http://ex01.contoso.example/PowerShell/");

    public Func<RemoteSessionOptions, RemoteSessionOptions> Configure { get; set; } = options => options;

    public Task<RemoteSession> OpenAsync(CancellationToken cancellation = default) =>
        RemoteSession.OpenAsync(Transport, Configure(new RemoteSessionOptions(Shell)), Time, cancellation);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<PipelineResult> RunAsync(ServedPipeline pipeline, CancellationToken stopped)
    {
        var command = pipeline.Command;
        switch (command.Name)
        {
            case "Get-X":
                pipeline.Output(new PsObject { TypeNames = ["Contoso.X"], Text = "x", Adapted = { ["Identity"] = command["Identity"], ["Count"] = 7 } });
                return PipelineResult.Completed;
            case "Set-X":
                Changes.Add(command);
                return PipelineResult.Completed;
            case "Write-Trouble":
                pipeline.Warning("close to the edge");
                pipeline.Output("before");
                pipeline.Error(ErrorRecord.Of(ErrorCategory.ObjectNotFound, "ABC123,Get-Y", "Contoso.NotFoundException", "no such thing", "thing", "Get-Y"));
                pipeline.Output("after");
                return PipelineResult.Completed;
            case "Stop-Hard":
                pipeline.Output(1);
                return PipelineResult.FailedBy(ErrorRecord.Of(ErrorCategory.InvalidOperation, "Boom", "Contoso.BoomException", "it is over"));
            case "Throw-It":
                throw new InvalidDataException("the cmdlet broke");
            case "Wait-X":
                pipeline.Output("got this far");
                _waiting.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(stopped);
                return PipelineResult.Completed;
            case "Get-Large":
                for (var i = 0; i < 3; i++)
                    pipeline.Output(new string((char)('a' + i), (int)command["Length"]!));
                return PipelineResult.Completed;
            case "Get-Many":
                for (var i = 0; i < (int)command["Count"]!; i++)
                {
                    stopped.ThrowIfCancellationRequested();
                    pipeline.Output(new PsObject { Adapted = { ["Number"] = i, ["Padding"] = new string('p', 2000) } });
                }

                return PipelineResult.Completed;
            case "Throttle-Once" when ++Throttled > 1:
                return PipelineResult.Completed;
            case "Throttle-Once":
            case "Throttle-Always":
                Throttled += command.Name == "Throttle-Always" ? 1 : 0;
                return PipelineResult.FailedBy(ErrorRecord.Of(
                    ErrorCategory.LimitsExceeded,
                    "OverBudget",
                    "Contoso.OverBudgetException",
                    "The user load quota of 40 requests per 10 seconds is used up; not approved for 20 milliseconds."));
            case "Write-Host":
                pipeline.CallHost(new HostCall(1, 11, "ReadLine"));
                pipeline.CallHost(new HostCall(-100, 16, "WriteLine2"), "void");
                pipeline.Verbose("v");
                pipeline.Progress(new ProgressRecord("working", 1, "half", PercentComplete: 50));
                pipeline.Information(new InformationRecord("i", "test", ["tag"]));
                pipeline.Output(command["Value"]);
                return PipelineResult.Completed;
            default:
                return PipelineResult.NotRecognised;
        }
    }
}
