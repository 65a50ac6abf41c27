using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// Commands for people to paste into the local shell of the hub or a prompt beside a domain controller. For reading only; server names come
/// from the inventory. The object's place in the directory is the person's to fill in.
/// </summary>
internal static class RoutingCommands
{
    public const string Queues = "Get-Queue | Format-List Identity,DeliveryType,Status,MessageCount,NextHopDomain,LastError";

    public const string CountQueues = "Get-Queue | Format-Table Identity,Status,MessageCount";

    public const string RetryQueue = "Retry-Queue -Identity Unreachable -Resubmit $true";

    public const string Connectors = "Get-RoutingGroupConnector | Format-List Name,SourceRoutingGroup,TargetRoutingGroup,SourceTransportServers,TargetTransportServers";

    public const string Trees =
        "ldifde -f con -d \"CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=...\" "
        + "-r \"(|(objectClass=msExchPublicFolderTreeContainer)(objectClass=msExchPFTree)(objectClass=msExchPublicMDB))\" "
        + "-l msExchOwningPFTree,msExchPFTreeType";

    public const string RoutingConfig =
        "Get-ChildItem \"$env:ProgramFiles\\Microsoft\\Exchange Server\\TransportRoles\\Logs\\Routing\" | Sort-Object LastWriteTime | Select-Object -Last 1 | Get-Content";

    public static string Rights(ServerName server) =>
        $"Get-ExchangeServer {server} | Get-ADPermission -User \"Exchange Servers\" | Format-List Identity,User,Deny,IsInherited,AccessRights,ExtendedRights";

    public static string StoreRights(ServerName server) =>
        $"Get-MailboxDatabase -Server {server} -IncludePreExchange2007 | Get-ADPermission -User \"Exchange Servers\" | Format-List Identity,User,Deny,IsInherited,AccessRights,ExtendedRights";

    public static string SaveRights(ServerName server) => $"Get-ExchangeServer {server} | Get-ADPermission | Export-Clixml {server}-acl.xml";

    public static string Connector(ServerName hub, ServerName older) =>
        $"New-RoutingGroupConnector -Name \"{hub}-{older}\" -SourceTransportServers {hub} -TargetTransportServers {older} -Cost 100 -Bidirectional $true";
}
