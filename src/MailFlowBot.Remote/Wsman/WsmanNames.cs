namespace MailFlowBot.Remote.Wsman;

/// <summary>The wire strings of WS-Management as Windows speaks it, each from MS-WSMV 2.2 unless said otherwise.</summary>
internal static class WsmanNames
{
    public const string Soap = "http://www.w3.org/2003/05/soap-envelope";
    public const string Addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    public const string Transfer = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    public const string Wsman = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    public const string MicrosoftWsman = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
    public const string WsmanFault = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
    public const string Shell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";

    /// <summary>WS-Enumeration (DSP0226 chapter 8).</summary>
    public const string Enumeration = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";

    /// <summary>DSP0226 chapter 11.</summary>
    public const string Identity = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";

    /// <summary>Namespace of creationXml (MS-PSRP 3.1.5.3.1).</summary>
    public const string PowerShell = "http://schemas.microsoft.com/powershell";

    /// <summary>What a configuration name is appended to (MS-PSRP 3.1.5.3.1).</summary>
    public const string PowerShellResource = "http://schemas.microsoft.com/powershell/";

    /// <summary>The resource of all shells, whatever their configuration; to list, read and delete them.</summary>
    public const string ShellResource = Shell;

    /// <summary>The resource of the commands of a shell.</summary>
    public const string CommandResource = Shell + "/Command";

    /// <summary>Dialect of a filter by selectors (MS-WSMV).</summary>
    public const string SelectorFilter = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";

    public const string Anonymous = Addressing + "/role/anonymous";
    public const string ShellIdSelector = "ShellId";

    public const string CreateAction = Transfer + "/Create";
    public const string DeleteAction = Transfer + "/Delete";
    public const string CommandAction = Shell + "/Command";
    public const string ReceiveAction = Shell + "/Receive";
    public const string SendAction = Shell + "/Send";
    public const string SignalAction = Shell + "/Signal";
    public const string DisconnectAction = Shell + "/Disconnect";
    public const string ReconnectAction = Shell + "/Reconnect";
    public const string ConnectAction = Shell + "/Connect";
    public const string GetAction = Transfer + "/Get";
    public const string EnumerateAction = Enumeration + "/Enumerate";
    public const string PullAction = Enumeration + "/Pull";
    public const string ResponseSuffix = "Response";
    public const string FaultAction = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";

    /// <summary>Required on Create and answered with MustComply (MS-PSRP 3.1.5.3.1).</summary>
    public const string ProtocolVersionOption = "protocolversion";
    public const string NoProfileOption = "WINRS_NOPROFILE";
    public const string SkipShellOption = "WINRS_SKIP_CMD_SHELL";
    public const string KeepAliveOption = "WSMAN_CMDSHELL_OPTION_KEEPALIVE";

    public const string StandardInput = "stdin";
    public const string StandardOutput = "stdout";

    /// <summary>The stream that answers to host calls go out on (MS-PSRP 3.1.5.3.1).</summary>
    public const string PromptResponse = "pr";

    public const string StateRunning = Shell + "/CommandState/Running";
    public const string StateDone = Shell + "/CommandState/Done";

    /// <summary>
    /// Stops a pipeline. Misspelt on the wire (MS-PSRP 3.1.5.3.9) and compared ordinally by the server: any other code closes the
    /// command and its output is lost.
    /// </summary>
    public const string StopSignal = "powershell/signal/crtl_c";

    /// <summary>Frees a command; without it MaxConcurrentCommandsPerShell is reached in the end.</summary>
    public const string TerminateSignal = Shell + "/signal/Terminate";
}
