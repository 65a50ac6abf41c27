using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Lab.Injection;

/// <summary>SOAP faults that a healthy endpoint would not give now, and a restart that makes it give them.</summary>
internal static class WsmanFaults
{
    public static IReadOnlyList<LabFault> All { get; } =
    [
        Fault("access-denied", "The account has no right on the endpoint.", LabAction.Create, WsmanFaultCode.AccessDenied, "Access is denied."),
        new LabFault.Instead("redirect-fault", "The server sends the client to another one, by a fault.", LabAction.Create, scene =>
            scene.ReplyAsync(FaultReply.Of(scene.Envelope, Redirect("https://elsewhere.invalid/PowerShell/")))),
        Fault("max-shells", "The account has too many shells.", LabAction.Create, WsmanFaultCode.MaxShellsPerUserQuota,
            "The maximum number of concurrent shells for this user has been reached. Close existing shells or raise the quota."),
        Fault("max-operations", "The account has too many operations.", LabAction.CommandReceive, WsmanFaultCode.MaxOperationsPerUserQuota,
            "The maximum number of concurrent operations for this user has been reached."),
        Fault("max-commands", "The shell has too many commands.", LabAction.Command, WsmanFaultCode.MaxCommandsPerShell,
            "The maximum number of concurrent commands per shell has been reached."),
        Fault("throttled-fault", "The load quota, as a fault of a Create.", LabAction.Create, WsmanFaultCode.MaxPluginOperations,
            "The user load quota of 40 requests per 10 seconds is used up; the request is not approved for 300 milliseconds."),
        Fault("envelope-too-large", "The server takes smaller envelopes only.", LabAction.Command, WsmanFaultCode.EncodingLimit,
            "The request is larger than the server's MaxEnvelopeSize."),
        Fault("wrong-configuration", "There is no such configuration.", LabAction.Create, WsmanFaultCode.ResourceUnknown,
            "The service cannot find the resource that the resource URI names."),
        Fault("shell-unknown", "The server does not know the shell, though it is there.", LabAction.CommandReceive,
            WsmanFaultCode.InvalidSelectors, "No shell matches the selectors."),
        new LabFault.Instead("shell-disconnected", "The server counts the client as lost and has disconnected the shell.", LabAction.PoolReceive, LoseAsync),
        Fault("stream-taken", "A second client took the stream.", LabAction.PoolReceive, WsmanFaultCode.StreamTaken,
            "Another client has connected to the shell and receives its output now."),
        Fault("host-process-died", "The host process of the shell died.", LabAction.CommandReceive, WsmanFaultCode.ProviderFailed,
            "The WSMan provider host process did not return a proper response."),
        Fault("timed-out", "No output within the OperationTimeout: normal, to be asked again.", LabAction.CommandReceive,
            WsmanFaultCode.TimedOut, "The operation did not finish within the OperationTimeout."),
        Fault("unknown-fault", "A number that is in no table.", LabAction.Command, (WsmanFaultCode)0x8033FFFF, "Something else."),
        new LabFault.Instead("server-restart", "All servers restart: every shell is forgotten.", LabAction.CommandReceive, scene =>
        {
            scene.Endpoints.Restart();
            return scene.DropAsync();
        }),
    ];

    public static WsmanFault Redirect(string location) =>
        new(WsmanFaultCode.RedirectRequested, null, "The endpoint has moved.") { Location = location };

    private static async Task LoseAsync(FaultScene scene)
    {
        var header = RequestReader.Read(scene.Envelope).Header with { MessageId = MessageId.From(Guid.NewGuid()) };
        await scene.AskAsync(RequestWriter.Write(new WsmanRequest.Disconnect(header, null)));
        await scene.ReplyAsync(await scene.AskAsync(scene.Envelope));
    }

    private static LabFault.Instead Fault(string name, string text, LabAction aim, WsmanFaultCode code, string reason) =>
        new(name, text, aim, scene => scene.ReplyAsync(FaultReply.Of(scene.Envelope, new WsmanFault(code, null, reason))));
}
