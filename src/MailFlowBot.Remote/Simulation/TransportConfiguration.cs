using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What administrators configured on a simulated server, healthy until an event says otherwise.</summary>
internal sealed class TransportConfiguration
{
    private const string AgentFolder = @"C:\Program Files\Microsoft\Exchange Server\V15\TransportRoles\agents\";

    public TransportConfiguration(ServerProfile profile, DateTimeOffset since)
    {
        var fqdn = profile.Fqdn;
        string[] tls = ["Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer"];
        ReceiveConnectors.AddRange(
        [
            new($"Default {profile.Name}", true, "HubTransport", ["0.0.0.0:2525", "[::]:2525"], null,
                ["ExchangeUsers", "ExchangeServers", "ExchangeLegacyServers"], tls, fqdn),
            new($"Client Proxy {profile.Name}", true, "HubTransport", ["[::]:465", "0.0.0.0:465"], null,
                ["ExchangeUsers", "ExchangeServers"], tls, fqdn),
            new($"Default Frontend {profile.Name}", true, "FrontendTransport", ["[::]:25", "0.0.0.0:25"], null,
                ["AnonymousUsers", "ExchangeServers", "ExchangeLegacyServers"], tls, fqdn),
            new($"Client Frontend {profile.Name}", true, "FrontendTransport", ["[::]:587", "0.0.0.0:587"], null, ["ExchangeUsers"], tls, fqdn),
        ]);
        Certificates.AddRange(
        [
            new("5B17779CD30310A94F59341C0B7D91B6000000" + profile.Name.Value[^2..], "CN=mail.corp.example",
                ["mail.corp.example", fqdn], since.AddDays(220), ["IIS", "SMTP"], true, "Valid", false),
            new("22AEC57F54869DBD4B2AC9FA4C14AB89000000" + profile.Name.Value[^2..], $"CN={profile.Name}",
                [profile.Name.Value, fqdn], since.AddDays(1400), ["SMTP"], true, "Valid", true),
        ]);
        foreach (var set in new[] { "HubTransport", "FrontendTransport", "MailboxTransport", "Mailflow", "FIPS" })
            HealthSets.Add(new(set, "Healthy", "Online", since));
        Volumes.AddRange(
        [
            new(@"C:\", 118L << 30, 200L << 30, [VolumeReading.Queue, VolumeReading.Log, VolumeReading.Temp]),
            new(@"D:\", 700L << 30, 2000L << 30, [VolumeReading.Database]),
        ]);
        Dns = new TransportSettingsFact(profile.Name, new(true, []), new(true, []), 20, false)
        {
            FrontEndExternal = new(true, []),
            FrontEndInternal = new(true, []),
        };
    }

    public List<ReceiveConnectorReading> ReceiveConnectors { get; } = [];

    public List<CertificateReading> Certificates { get; } = [];

    public List<HealthSetReading> HealthSets { get; } = [];

    public List<VolumeReading> Volumes { get; } = [];

    public List<RecoveryActionReading> RecoveryActions { get; } = [];

    public TransportSettingsFact Dns { get; set; }

    /// <summary>Agents with the path of each one's assembly, by priority.</summary>
    public List<(string Name, bool Enabled, string Assembly)> Agents { get; } =
    [
        ("Transport Rule Agent", true, AgentFolder + @"Rule\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll"),
        ("DLP Policy Agent", true, AgentFolder + @"Rule\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll"),
        ("Malware Agent", true, AgentFolder + @"Antimalware\Microsoft.Exchange.Transport.Agent.Malware.dll"),
        ("Journaling Agent", true, AgentFolder + @"Journaling\Microsoft.Exchange.MessagingPolicies.JournalAgent.dll"),
    ];

    /// <summary>Queues that an event filled, laid over those that mail flow makes.</summary>
    public List<QueueReading> Queues { get; } = [];

    /// <summary>Status of database copies that is not the usual one, by database.</summary>
    public Dictionary<string, string> CopyStatus { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts an item in the place of the one it equals in this respect, else at the end.</summary>
    public static void Put<T>(List<T> into, T item, Func<T, string> key)
    {
        var at = into.FindIndex(known => string.Equals(key(known), key(item), StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            into.Add(item);
        else
            into[at] = item;
    }
}
