namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Values of WSManFault@Code that this side acts on or sends; the number is the wire value. Windows' own names are in winerror.h and
/// wsmerror.h.
/// </summary>
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
    ActionNotSupported = 2150858753,

    /// <summary>0x80338007: the context of a Pull is not or no longer known.</summary>
    EnumerationClosed = 2150858759,
    InvalidHeader = 2150858767,

    /// <summary>0x80338026: an envelope over the quota.</summary>
    EncodingLimit = 2150858790,

    /// <summary>0x80338029: no output within OperationTimeout. Normal: poll again.</summary>
    TimedOut = 2150858793,

    /// <summary>0x8033803B: no such configuration.</summary>
    ResourceUnknown = 2150858811,
    SelectorsUnknown = 2150858813,
    QuotaLimit = 2150858815,

    /// <summary>0x80338048: an envelope over the limit of the transport.</summary>
    EnvelopeTooLarge = 2150858824,
    ServerEnvelopeLimit = 2150858825,

    /// <summary>0x8033805B: the shell or command is unknown; the pool is lost.</summary>
    InvalidSelectors = 2150858843,
    RedirectRequested = 2150859161,
    MaxShellsPerUser = 2150859173,
    MaxOperationsPerUser = 2150859174,
    UserQuota = 2150859175,
    SystemQuota = 2150859176,
    MaxShellUsers = 2150859179,
    ShellsNotAllowed = 2150859180,
    ShellDisconnected = 2150859204,
    InUseCannotReconnect = 2150859213,
    StreamTaken = 2150859230,
    MaxShellsPerUserQuota = 2150859236,
    MaxUsers = 2150859237,
    MaxPluginShells = 2150859238,
    MaxPluginOperations = 2150859239,
    MaxOperationsPerUserQuota = 2150859240,
    MaxCommandsPerShell = 2150859241,

    // Codes of PowerShell's plug-in: 0x80540BB8 and above, 0x80540FA0 and above.
    PluginBadInputStream = 2152991678,
    PluginBadOutputStream = 2152991680,
    PluginBadArguments = 2152991684,
    PluginProtocolVersionMissing = 2152991685,
    PluginProtocolVersionUnsupported = 2152991687,
    PluginManagedException = 2152992672,

    /// <summary>The connectXml holds no negotiation.</summary>
    PluginBadConnect = 2152992674,

    /// <summary>The negotiation in connectXml does not suit the pool.</summary>
    PluginConnectRefused = 2152992675,
}
