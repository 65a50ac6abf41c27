namespace MailFlowBot.Remote.Wsman;

/// <summary>Values of WSManFault@Code that this side acts on or sends; the number is the wire value.</summary>
internal enum WsmanFaultCode : uint
{
    /// <summary>The fault carries no number.</summary>
    None = 0,
    AccessDenied = 5,
    InvalidParameter = 87,
    AlreadyExists = 183,
    OperationAborted = 995,
    Cancelled = 1223,
    LogonFailure = 1326,

    /// <summary>The host process died.</summary>
    ProviderFailed = 1726,
    InvalidHeader = 2150858767,

    /// <summary>0x80338026: an envelope over the quota.</summary>
    EncodingLimit = 2150858790,

    /// <summary>0x80338029: no output within OperationTimeout. Normal: poll again.</summary>
    TimedOut = 2150858793,
    ActionNotSupported = 2150858754,

    /// <summary>0x8033803B: no such configuration.</summary>
    ResourceUnknown = 2150858811,

    /// <summary>0x80338048: an envelope over the limit of the transport.</summary>
    EnvelopeTooLarge = 2150858824,

    /// <summary>0x8033805B: the shell or command is unknown; the pool is lost.</summary>
    InvalidSelectors = 2150858843,
    RedirectRequested = 2150859161,
    MaxShellsPerUser = 2150859173,
    MaxOperationsPerUser = 2150859174,
    ShellDisconnected = 2150859204,
    InUseCannotReconnect = 2150859213,
    StreamTaken = 2150859230,
    MaxShellsPerUserQuota = 2150859236,
    MaxUsers = 2150859237,
    MaxPluginShells = 2150859238,
    MaxPluginOperations = 2150859239,
    MaxOperationsPerUserQuota = 2150859240,
    MaxCommandsPerShell = 2150859241,

    /// <summary>0x80540FA0 and below are codes of PowerShell's WSMan plug-in.</summary>
    PluginManagedException = 2152992672,
    PluginBadInputStream = 2152991678,
    PluginBadOutputStream = 2152991680,
    PluginBadArguments = 2152991684,
    PluginProtocolVersionMissing = 2152991685,
    PluginProtocolVersionUnsupported = 2152991687,
}

/// <summary>A SOAP fault of WS-Management.</summary>
/// <param name="Code">WSManFault@Code; also when it is no named value.</param>
/// <param name="Subcode">Local name of the SOAP subcode, e.g. TimedOut; null when there is none.</param>
/// <param name="Text">The text for people: the innermost message that the fault carries.</param>
internal sealed record WsmanFault(WsmanFaultCode Code, string? Subcode, string Text)
{
    /// <summary>The number on the wire, also when it is no named value.</summary>
    public uint RawCode => (uint)Code;

    /// <summary>No output within the time: not an error, poll again.</summary>
    public bool IsTimeout => Code == WsmanFaultCode.TimedOut;

    /// <summary>The server no longer knows the shell or command.</summary>
    public bool IsShellGone => Code is WsmanFaultCode.InvalidSelectors or WsmanFaultCode.ProviderFailed or WsmanFaultCode.OperationAborted;

    /// <summary>A quota was hit: waiting helps, and the request was not carried out.</summary>
    public bool IsQuota => Code is WsmanFaultCode.MaxShellsPerUser or WsmanFaultCode.MaxOperationsPerUser or WsmanFaultCode.MaxShellsPerUserQuota
        or WsmanFaultCode.MaxUsers or WsmanFaultCode.MaxPluginShells or WsmanFaultCode.MaxPluginOperations
        or WsmanFaultCode.MaxOperationsPerUserQuota or WsmanFaultCode.MaxCommandsPerShell;
}
