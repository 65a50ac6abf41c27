namespace MailFlowBot.Remote.Wsman;

/// <summary>Which fault asks for which reaction (psrp brief, fault codes). Decided by numbers alone: texts come in any language.</summary>
internal static class FaultTable
{
    // PowerShell's plug-in has its codes in this range of its facility.
    private const uint FirstOfPlugin = 0x80540BB8;
    private const uint LastOfPlugin = 0x80540FFF;

    public static FaultReaction Reaction(WsmanFaultCode code, string? subcode) => code switch
    {
        WsmanFaultCode.None => OfSubcode(subcode),
        WsmanFaultCode.TimedOut => FaultReaction.PollAgain,
        WsmanFaultCode.InvalidSelectors or WsmanFaultCode.SelectorsUnknown or WsmanFaultCode.ProviderFailed => FaultReaction.ShellGone,
        WsmanFaultCode.ShellDisconnected => FaultReaction.Reconnect,
        WsmanFaultCode.StreamTaken => FaultReaction.Taken,
        WsmanFaultCode.OperationAborted or WsmanFaultCode.Cancelled => FaultReaction.Closed,
        WsmanFaultCode.ResourceUnknown or WsmanFaultCode.ActionNotSupported or WsmanFaultCode.ShellsNotAllowed => FaultReaction.Configuration,
        WsmanFaultCode.EncodingLimit or WsmanFaultCode.EnvelopeTooLarge or WsmanFaultCode.ServerEnvelopeLimit => FaultReaction.TooLarge,
        WsmanFaultCode.RedirectRequested => FaultReaction.Redirect,
        WsmanFaultCode.InUseCannotReconnect => FaultReaction.InUse,
        WsmanFaultCode.AccessDenied or WsmanFaultCode.LogonFailure => FaultReaction.Denied,
        WsmanFaultCode.QuotaLimit => FaultReaction.Quota,
        _ when Quota(code) is not WsmanQuota.None => FaultReaction.Quota,
        >= (WsmanFaultCode)FirstOfPlugin and <= (WsmanFaultCode)LastOfPlugin => FaultReaction.Plugin,
        _ => FaultReaction.Unknown,
    };

    public static WsmanQuota Quota(WsmanFaultCode code) => code switch
    {
        WsmanFaultCode.MaxShellsPerUser or WsmanFaultCode.MaxShellsPerUserQuota => WsmanQuota.Shells,
        WsmanFaultCode.MaxOperationsPerUser or WsmanFaultCode.MaxOperationsPerUserQuota => WsmanQuota.Operations,
        WsmanFaultCode.MaxCommandsPerShell => WsmanQuota.Commands,
        WsmanFaultCode.MaxUsers or WsmanFaultCode.MaxShellUsers => WsmanQuota.Users,
        WsmanFaultCode.MaxPluginShells => WsmanQuota.PluginShells,
        WsmanFaultCode.MaxPluginOperations => WsmanQuota.PluginOperations,
        WsmanFaultCode.UserQuota or WsmanFaultCode.SystemQuota => WsmanQuota.Load,
        _ => WsmanQuota.None,
    };

    /// <summary>Servers that are no Windows may give the subcode alone (DSP0226 chapter 14).</summary>
    private static FaultReaction OfSubcode(string? subcode) => subcode switch
    {
        "TimedOut" => FaultReaction.PollAgain,
        "InvalidSelectors" => FaultReaction.ShellGone,
        "AccessDenied" => FaultReaction.Denied,
        "QuotaLimit" => FaultReaction.Quota,
        "EncodingLimit" => FaultReaction.TooLarge,
        "DestinationUnreachable" or "ActionNotSupported" => FaultReaction.Configuration,
        _ => FaultReaction.Unknown,
    };
}
