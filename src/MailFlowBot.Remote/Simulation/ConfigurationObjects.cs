using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Simulation;

/// <summary>Exchange's configuration objects, and its health and certificates, as <see cref="ExchangeObjects"/> shows the others.</summary>
internal static class ConfigurationObjects
{
    private const string Directory = "Microsoft.Exchange.Data.Directory.SystemConfiguration.";

    public static PsObject ReceiveConnector(ServerProfile profile, ReceiveConnectorReading connector) =>
        Named(Directory + "ReceiveConnector", $"{profile.Name}\\{connector.Name}", connector.Name, new()
        {
            ["Server"] = profile.Name.Value,
            ["Enabled"] = connector.Enabled,
            ["TransportRole"] = connector.TransportRole,
            ["Bindings"] = Texts(connector.Bindings),
            ["RemoteIPRanges"] = Texts(["0.0.0.0-255.255.255.255"]),
            ["PermissionGroups"] = string.Join(", ", connector.PermissionGroups),
            ["AuthMechanism"] = string.Join(", ", connector.AuthMechanisms),
            ["TlsCertificateName"] = connector.TlsCertificateName,
            ["Fqdn"] = connector.Fqdn,
        });

    public static PsObject SendConnector(SendConnectorReading connector) =>
        Named(Directory + "SmtpSendConnectorConfig", connector.Name, connector.Name, new()
        {
            ["Enabled"] = connector.Enabled,
            ["AddressSpaces"] = Texts(connector.AddressSpaces),
            ["SmartHosts"] = Texts(connector.SmartHosts),
            ["DNSRoutingEnabled"] = connector.DnsRouting,
            ["SourceTransportServers"] = Texts(connector.SourceServers),
            ["TlsCertificateName"] = connector.TlsCertificateName,
            ["Port"] = connector.Port,
        });

    public static PsObject TransportService(ServerProfile profile, TransportSettingsFact settings) =>
        Named("Microsoft.Exchange.Data.Directory.Management.TransportServer", profile.Name.Value, profile.Name.Value, new(
            Dns(settings.External, settings.Internal))
        {
            ["MaxPerDomainOutboundConnections"] = settings.MaxPerDomainOutboundConnections?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["AntispamAgentsEnabled"] = settings.AntispamAgentsEnabled,
        });

    public static PsObject FrontendTransportService(ServerProfile profile, TransportSettingsFact settings) =>
        Named("Microsoft.Exchange.Data.Directory.Management.FrontendTransportServer", profile.Name.Value, profile.Name.Value, new(
            Dns(settings.FrontEndExternal, settings.FrontEndInternal)));

    public static PsObject Agent(string name, bool enabled, int priority, string assembly) =>
        Named("Microsoft.Exchange.Management.AgentTasks.TransportAgent", name, name, new()
        {
            ["Enabled"] = enabled,
            ["Priority"] = priority,
            ["AssemblyPath"] = assembly,
        });

    public static PsObject HealthSet(ServerProfile profile, HealthSetReading set) => new()
    {
        TypeNames = ["Microsoft.Exchange.Monitoring.ConsolidatedHealth", "System.Object"],
        Adapted =
        {
            ["Server"] = profile.Name.Value,
            ["State"] = set.State,
            ["HealthSet"] = set.Name,
            ["HealthGroup"] = "ServiceComponents",
            ["AlertValue"] = set.AlertValue,
            ["LastTransitionTime"] = set.LastTransition?.UtcDateTime,
            ["MonitorCount"] = 12,
            ["Identity"] = null,
        },
    };

    /// <summary>Without the certificate itself: a real one would have to be made for every organisation.</summary>
    public static PsObject Certificate(ServerProfile profile, CertificateReading certificate) => new()
    {
        TypeNames = ["Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate", "System.Object"],
        Adapted =
        {
            ["Identity"] = $"{profile.Fqdn}\\{certificate.Thumbprint}",
            ["Thumbprint"] = certificate.Thumbprint,
            ["Subject"] = certificate.Subject,
            ["CertificateDomains"] = Texts(certificate.Domains),
            ["NotAfter"] = certificate.NotAfter?.UtcDateTime,
            ["Services"] = certificate.Services is { } services ? string.Join(", ", services) : null,
            ["HasPrivateKey"] = certificate.HasPrivateKey,
            ["Status"] = certificate.Status,
            ["IsSelfSigned"] = certificate.SelfSigned,
        },
    };

    private static PsObject Named(string type, string identity, string name, Dictionary<string, object?> properties)
    {
        var shown = new PsObject
        {
            TypeNames = [type, "Microsoft.Exchange.Data.ConfigurableObject", "System.Object"],
            Text = identity,
            Adapted = { ["Name"] = name, ["Identity"] = identity, ["IsValid"] = true, ["ObjectState"] = "Unchanged" },
        };
        foreach (var (property, value) in properties)
            shown.Adapted[property] = value;
        return shown;
    }

    private static Dictionary<string, object?> Dns(DnsSettings? external, DnsSettings? inside) => new()
    {
        ["ExternalDNSAdapterEnabled"] = external?.AdapterEnabled,
        ["ExternalDNSServers"] = external is null ? null : Texts(external.Servers),
        ["InternalDNSAdapterEnabled"] = inside?.AdapterEnabled,
        ["InternalDNSServers"] = inside is null ? null : Texts(inside.Servers),
    };

    private static PsList Texts(IEnumerable<string> texts) => new(texts);
}
