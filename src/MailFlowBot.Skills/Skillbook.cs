using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Antimalware;
using MailFlowBot.Skills.BackPressure;
using MailFlowBot.Skills.Certificates;
using MailFlowBot.Skills.Connectors;
using MailFlowBot.Skills.DatabaseUnavailable;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.EdgeSync;
using MailFlowBot.Skills.HubTransportInactive;
using MailFlowBot.Skills.LegacyRouting;
using MailFlowBot.Skills.MailFiltering;
using MailFlowBot.Skills.MissingSmtpVerbs;
using MailFlowBot.Skills.NameResolution;
using MailFlowBot.Skills.PeerAuthentication;
using MailFlowBot.Skills.PoisonQueue;
using MailFlowBot.Skills.QueueDatabase;
using MailFlowBot.Skills.ShadowRedundancy;
using MailFlowBot.Skills.StoreDisk;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.TransportAgents;
using MailFlowBot.Skills.TransportCrashing;
using MailFlowBot.Skills.TransportStopped;

namespace MailFlowBot.Skills;

/// <summary>All skills there are, in the order they look at a server.</summary>
public static class Skillbook
{
    /// <summary>
    /// Maintenance and components, services, back pressure and disks, databases, queues by their errors, certificates and connectors,
    /// agents and antimalware, legacy servers. Queues first would go wrong: a dead transport has empty queues.
    /// </summary>
    public static IReadOnlyList<ISkill> All { get; } =
    [
        new HubTransportInactiveSkill(),
        new TransportStoppedSkill(),
        new TransportCrashingSkill(),
        new BackPressureSkill(),
        new StoreDiskSkill(),
        new QueueDatabaseSkill(),
        new DatabaseUnavailableSkill(),
        new NameResolutionSkill(),
        new PeerAuthenticationSkill(),
        new CertificatesSkill(),
        new ConnectorsSkill(),
        new EdgeSyncSkill(),
        new TransportAgentsSkill(),
        new AntimalwareSkill(),
        new PoisonQueueSkill(),
        new ShadowRedundancySkill(),
        new MailFilteringSkill(),
        new MissingSmtpVerbsSkill(),
        new LegacyRoutingSkill(),
    ];

    /// <summary>An examination by all skills.</summary>
    /// <param name="servers">Servers asked for explicitly; empty: those the reading names, or none.</param>
    public static Examination Begin(SymptomReading reading, IReadOnlyList<ServerName> servers) =>
        Examination.Begin(reading, servers, All);
}
