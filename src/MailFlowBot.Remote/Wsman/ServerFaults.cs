namespace MailFlowBot.Remote.Wsman;

/// <summary>The faults that our server side gives, worded by us; clients decide on the codes.</summary>
internal static class ServerFaults
{
    public static WsmanFault TimedOut { get; } = new(
        WsmanFaultCode.TimedOut, "TimedOut", "No output within the OperationTimeout.");

    public static WsmanFault Aborted { get; } = new(
        WsmanFaultCode.OperationAborted, null, "The shell or command was closed, or another Receive took this one's place.");

    public static WsmanFault Disconnected { get; } = new(
        WsmanFaultCode.ShellDisconnected, null, "The shell is disconnected; Reconnect makes it usable again.");

    public static WsmanFault Taken { get; } = new(
        WsmanFaultCode.StreamTaken, null, "Another client session has connected to the shell.");

    public static WsmanFault InUse(string owner) => new(
        WsmanFaultCode.InUseCannotReconnect, null, $"Another session of {owner} holds the shell; only that one can Reconnect.")
    {
        Owner = owner,
    };

    public static WsmanFault NotYours(ShellId shell) => new(
        WsmanFaultCode.AccessDenied, "AccessDenied", $"Shell {shell} belongs to another user.");

    public static WsmanFault BadConnect { get; } = new(
        WsmanFaultCode.PluginBadConnect, null, "Connect has neither connectXml nor the id of a command.");

    public static WsmanFault UnknownContext(string context) => new(
        WsmanFaultCode.EnumerationClosed, "InvalidEnumerationContext", $"There is no list to go on with at '{context}'.");

    public static WsmanFault IdleTimeOut(TimeSpan asked, TimeSpan max) => new(
        WsmanFaultCode.InvalidParameter, "InvalidParameter", $"IdleTimeOut is {asked}; at most {max} is taken.");

    public static WsmanFault UnknownShell(ShellId? shell) => new(
        WsmanFaultCode.InvalidSelectors, "InvalidSelectors", $"There is no shell with ShellId {shell?.Value ?? "(none given)"}.");

    public static WsmanFault UnknownCommand(CommandId? command) => new(
        WsmanFaultCode.InvalidSelectors, "InvalidSelectors", $"The shell has no command with CommandId {command?.ToString() ?? "(none given)"}.");

    public static WsmanFault UnknownResource(string uri) => new(
        WsmanFaultCode.ResourceUnknown, "DestinationUnreachable", $"There is no configuration {uri}.");

    public static WsmanFault UnknownAction(string action) => new(
        WsmanFaultCode.ActionNotSupported, "ActionNotSupported", $"The action {action} is not supported.");

    public static WsmanFault Exists(string what) => new(
        WsmanFaultCode.AlreadyExists, null, $"{what} exists already.");

    public static WsmanFault Envelope(WsmanException refused) => new(
        refused.Fault switch
        {
            EnvelopeFault.BadArguments => WsmanFaultCode.PluginBadArguments,
            EnvelopeFault.TooLarge => WsmanFaultCode.EncodingLimit,
            EnvelopeFault.Malformed or EnvelopeFault.NotAnEnvelope or EnvelopeFault.BadElement or EnvelopeFault.BadBase64
                or EnvelopeFault.NotRelated or EnvelopeFault.Unexpected => WsmanFaultCode.InvalidHeader,
            _ => throw new ArgumentOutOfRangeException(nameof(refused)),
        },
        null,
        refused.Message);

    public static WsmanFault TooLarge(int length, int max) => new(
        WsmanFaultCode.EncodingLimit, "EncodingLimit", $"The request has {length} bytes; at most {max} are taken.");

    public static WsmanFault TooSmall(int max) => new(
        WsmanFaultCode.EncodingLimit, "EncodingLimit", $"No output fits into a MaxEnvelopeSize of {max} bytes.");
}
