using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Lab.Injection;

/// <summary>Faults of the cmdlet itself.</summary>
internal static class CommandFaults
{
    // MS-PSRP 2.2.3.17: methods of the host's interface; ReadLine waits for an answer.
    private const int ReadLine = 11;

    public static IReadOnlyList<LabFault> All { get; } =
    [
        new LabFault.OfCommand("host-call", "The cmdlet asks the client's host for a line, then goes on.", pipeline =>
        {
            pipeline.CallHost(new HostCall(1, ReadLine, "ReadLine"));
            return null;
        }),
        new LabFault.OfCommand("throttled", "Exchange's load quota: not approved for 300 milliseconds.", pipeline => PipelineResult.FailedBy(
            Throttle.Error(pipeline.Command.Name, 40, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(300)))),
        new LabFault.OfCommand("command-not-found", "The role does not show the cmdlet.", _ => PipelineResult.NotRecognised),
        new LabFault.OfCommand("cmdlet-crash", "The cmdlet ends with a terminating error.", pipeline => PipelineResult.FailedBy(ErrorRecord.Of(
            ErrorCategory.NotSpecified, "CmdletCrash", "System.InvalidOperationException", "The cmdlet broke.", activity: pipeline.Command.Name))),
    ];
}
