namespace MailFlowBot.Skills.Tests.LegacyRouting;

/// <summary>What people copy from consoles, made up for these tests.</summary>
internal static class Pastes
{
    public static readonly string[] StoreRights =
    [
        "ms-Exch-Recipient-Update-Access", "ms-Exch-Store-Admin", "ms-Exch-Store-Create-Named-Properties", "ms-Exch-EPI-Impersonation",
        "ms-Exch-EPI-Token-Serialization", "ms-Exch-Modify-Public-Folder-Replica-List", "ms-Exch-Open-Send-Queue", "ms-Exch-Read-Metabase-Properties",
        "Send-As", "ms-Exch-Store-Visible",
    ];

    public static readonly string[] ServerRights =
        ["ms-Exch-Store-Constrained-Delegation", "ms-Exch-Store-Read-Write-Access", "ms-Exch-Store-Read-Access", "ms-Exch-Store-Transport-Access"];

    public const string NoConnectors = "[PS] C:\\>Get-RoutingGroupConnector | fl\n[PS] C:\\>";

    public const string Group2007 = "Exchange Routing Group (DWBGZMFD01QNBJR)";

    public const string HierarchyMissing =
        "C:\\>ldifde -f con -d \"CN=Microsoft Exchange,...\" -r \"(objectClass=msExchPublicFolderTreeContainer)\" -l msExchOwningPFTree\nConnecting to \"dc1\"\nNo Entries found\n";

    public const string HierarchyRight =
        "dn: CN=Folder Hierarchies,CN=First Administrative Group,CN=Administrative Groups\nchangetype: add\n\n"
        + "dn: CN=Public Folders,CN=Folder Hierarchies,CN=First Administrative Group\nmsExchPFTreeType: 1\n\n"
        + "dn: CN=Public Folder Store (OLD03),CN=First Storage Group\nmsExchOwningPFTree: CN=Public Folders,CN=Folder Hierarchies\n";

    public static string Permission(string identity, string right, bool deny = false, bool inherited = true, string user = @"CORP\Exchange Servers") =>
        $"Identity       : {identity}\nUser           : {user}\nDeny           : {deny}\nIsInherited    : {inherited}\n"
        + $"AccessRights   : {{ExtendedRight}}\nExtendedRights : {{{right}}}\n\n";

    public static string Read(string identity, bool inherited = true) =>
        $"Identity       : {identity}\nUser           : CORP\\Exchange Servers\nDeny           : False\nIsInherited    : {inherited}\n"
        + "AccessRights   : {GenericRead}\nExtendedRights :\n\n";

    /// <summary>All eleven rights, without those left out.</summary>
    public static string AllRights(string identity, bool inherited = true, params string[] without) =>
        Read(identity, inherited) + string.Concat(StoreRights.Except(without).Select(right => Permission(identity, right, inherited: inherited)));

    public static string FourRights(string identity, string? denied = null) =>
        string.Concat(ServerRights.Select(right => Permission(identity, right, deny: right == denied, inherited: right == denied)));

    public static string Connector(string source, string target) =>
        $"Name                   : C1\nSourceRoutingGroup     : {source}\nTargetRoutingGroup     : {target}\nSourceTransportServers : {{HUB07}}\n\n";

    public static string RoutingConfig(string store) =>
        $"<RoutingTables><HomeMdbRouting><Entry><Mdb>{store}</Mdb></Entry></HomeMdbRouting></RoutingTables>";
}
