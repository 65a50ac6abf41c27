namespace MailFlowBot.Remote.Wsman;

/// <summary>The option that a client must send to open or take over a shell of PowerShell.</summary>
internal static class ProtocolVersion
{
    /// <summary>Why the server does not take it; null when it does.</summary>
    public static WsmanFault? Refuse(RequestHeader header)
    {
        if (header.Option(WsmanNames.ProtocolVersionOption) is not { } text)
        {
            return new WsmanFault(
                WsmanFaultCode.PluginProtocolVersionMissing, null, $"The option {WsmanNames.ProtocolVersionOption} is missing.");
        }

        return Version.TryParse(text, out var version) && version.Major == 2
            ? null
            : new WsmanFault(
                WsmanFaultCode.PluginProtocolVersionUnsupported,
                null,
                $"The option {WsmanNames.ProtocolVersionOption} says {text}; 2.x is served.");
    }
}
