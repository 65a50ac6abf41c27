namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// The commands and parameters that are ever sent. Exchange's are those of its documentation; the Mfb functions are our own, defined by
/// the role capability file of the Windows endpoint. Each of them takes the server's name and refuses to answer for another one.
/// </summary>
internal static class CmdletNames
{
    public const string GetExchangeServer = "Get-ExchangeServer";
    public const string GetMailboxServer = "Get-MailboxServer";
    public const string GetServerComponentState = "Get-ServerComponentState";
    public const string SetServerComponentState = "Set-ServerComponentState";
    public const string TestServiceHealth = "Test-ServiceHealth";
    public const string GetQueue = "Get-Queue";
    public const string GetMailboxDatabaseCopyStatus = "Get-MailboxDatabaseCopyStatus";

    public const string GetExchangeDiagnosticInfo = "Get-ExchangeDiagnosticInfo";
    public const string GetHealthReport = "Get-HealthReport";
    public const string GetReceiveConnector = "Get-ReceiveConnector";
    public const string GetSendConnector = "Get-SendConnector";
    public const string GetTransportService = "Get-TransportService";
    public const string GetFrontendTransportService = "Get-FrontendTransportService";
    public const string GetTransportAgent = "Get-TransportAgent";
    public const string GetExchangeCertificate = "Get-ExchangeCertificate";

    public const string GetServices = "Get-MfbServices";
    public const string GetInstallState = "Get-MfbInstallState";
    public const string GetClusterNode = "Get-MfbClusterNode";
    public const string GetEvents = "Get-MfbEvents";
    public const string GetDisk = "Get-MfbDisk";
    public const string GetRecoveryActions = "Get-MfbRecoveryActions";
    public const string StartService = "Start-MfbService";
    public const string RestartService = "Restart-MfbService";

    /// <summary>Every cmdlet that is ever sent.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        GetExchangeServer, GetMailboxServer, GetServerComponentState, SetServerComponentState, TestServiceHealth,
        GetQueue, GetMailboxDatabaseCopyStatus, GetExchangeDiagnosticInfo, GetHealthReport, GetReceiveConnector,
        GetSendConnector, GetTransportService, GetFrontendTransportService, GetTransportAgent, GetExchangeCertificate,
        GetServices, GetInstallState, GetClusterNode, GetEvents, GetDisk, GetRecoveryActions, StartService,
        RestartService,
    ];

    public const string Identity = "Identity";
    public const string Server = "Server";
    public const string Component = "Component";
    public const string Process = "Process";
    public const string TransportService = "TransportService";
    public const string Requester = "Requester";
    public const string State = "State";
    public const string Name = "Name";
    public const string Confirm = "Confirm";

    /// <summary>The process of the Transport service, as Get-ExchangeDiagnosticInfo names it.</summary>
    public const string EdgeTransportProcess = "EdgeTransport";

    /// <summary>A process that runs on every Exchange server as long as anything of Exchange does.</summary>
    public const string TopologyProcess = "Microsoft.Exchange.Directory.TopologyService";

    public const string ResourceThrottling = "ResourceThrottling";
}
