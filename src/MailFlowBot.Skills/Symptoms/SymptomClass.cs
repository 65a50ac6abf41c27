namespace MailFlowBot.Skills.Symptoms;

/// <summary>The labels a symptom text can get.</summary>
public static class SymptomClass
{
    public const string ComponentInactive = "component_inactive";
    public const string Legacy2007Routing = "legacy_2007_routing";
    public const string LegacySmtpVerbs = "legacy_smtp_verbs";
    public const string Legacy2003Other = "legacy_2003_other";
    public const string BackPressure = "back_pressure";
    public const string StoreDiskFull = "store_disk_full";
    public const string DatabaseUnavailable = "database_unavailable";
    public const string TransportServiceDown = "transport_service_down";
    public const string TransportAgent = "transport_agent";
    public const string QueueDatabase = "queue_database";
    public const string AntimalwareEngine = "antimalware_engine";
    public const string PoisonQueue = "poison_queue";
    public const string CertificateTls = "certificate_tls";
    public const string DnsSmarthost = "dns_smarthost";
    public const string AuthPermissions = "auth_permissions";
    public const string ConnectorConfig = "connector_config";
    public const string EdgeSync = "edge_sync";
    public const string ShadowRedundancy = "shadow_redundancy";
    public const string OtherMailflow = "other_mailflow";

    /// <summary>No mail-flow fault of an on-premises Exchange.</summary>
    public const string NoneOfOurs = "none_of_ours";

    public static IReadOnlyList<string> All { get; } =
    [
        ComponentInactive, Legacy2007Routing, LegacySmtpVerbs, Legacy2003Other, BackPressure, StoreDiskFull, DatabaseUnavailable,
        TransportServiceDown, TransportAgent, QueueDatabase, AntimalwareEngine, PoisonQueue, CertificateTls, DnsSmarthost,
        AuthPermissions, ConnectorConfig, EdgeSync, ShadowRedundancy, OtherMailflow, NoneOfOurs,
    ];
}
