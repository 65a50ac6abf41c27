using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// Exchange's objects as a client without Exchange's types sees them: one level deep, so enums and nested objects are plain text and
/// list elements are their ToString. Type and property names as on real servers.
/// </summary>
internal static class ExchangeObjects
{
    // Real objects carry a serialized copy of themselves; a client has to step over it.
    private static readonly byte[] SerializationBlob = [.. Enumerable.Range(0, 384).Select(i => (byte)(i * 7))];

    public static PsObject Server(ServerProfile profile) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Data.Directory.Management.ExchangeServer"),
        Text = profile.Name.Value,
        Adapted =
        {
            ["Name"] = profile.Name.Value,
            ["Domain"] = ServerProfile.Domain,
            ["Edition"] = "Enterprise",
            ["Fqdn"] = profile.Fqdn,
            ["IsHubTransportServer"] = true,
            ["IsMailboxServer"] = true,
            ["IsEdgeServer"] = false,
            ["IsE15OrLater"] = true,
            ["AdminDisplayVersion"] = profile.Version,
            ["Site"] = $"{ServerProfile.Domain}/Configuration/Sites/{profile.Site}",
            ["ServerRole"] = "Mailbox",
            ["Identity"] = profile.Name.Value,
            ["OriginatingServer"] = $"DC01.{ServerProfile.Domain}",
            ["IsValid"] = true,
            ["ObjectState"] = "Unchanged",
        },
        Extended = { ["SerializationData"] = SerializationBlob },
    };

    public static PsObject MailboxServer(ServerProfile profile, MailboxServerFact fact) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Data.Directory.Management.MailboxServer"),
        Text = profile.Name.Value,
        Adapted =
        {
            ["Name"] = profile.Name.Value,
            ["DatabaseAvailabilityGroup"] = fact.Dag,
            ["DatabaseCopyAutoActivationPolicy"] = fact.ActivationPolicy,
            ["DatabaseCopyActivationDisabledAndMoveNow"] = fact.MoveNow,
            ["AdminDisplayVersion"] = profile.Version,
            ["Identity"] = profile.Name.Value,
            ["OriginatingServer"] = $"DC01.{ServerProfile.Domain}",
            ["IsValid"] = true,
            ["ObjectState"] = "Unchanged",
        },
        Extended = { ["SerializationData"] = SerializationBlob },
    };

    public static PsObject Component(ServerProfile profile, ComponentReading component) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Data.Directory.Management.ServerComponentStatePresentationObject"),
        Text = "Microsoft.Exchange.Data.Directory.Management.ServerComponentStatePresentationObject",
        Adapted =
        {
            ["ServerFqdn"] = profile.Fqdn,
            ["Component"] = component.Component.Value,
            ["State"] = component.State.ToString(),
            ["ServerWideOfflineIsOffline"] = component.ServerWideOfflineIsOffline,
            ["RemoteStates"] = Entries(component.RemoteStates),
            ["LocalStates"] = Entries(component.LocalStates),
            ["Identity"] = profile.Name.Value,
            ["IsValid"] = true,
            ["ObjectState"] = "New",
        },
        Extended = { ["SerializationData"] = SerializationBlob },
    };

    public static PsObject Role(RoleHealth health) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Monitoring.ExchangeServicesStatus"),
        Text = "Microsoft.Exchange.Monitoring.ExchangeServicesStatus",
        Adapted =
        {
            ["Role"] = health.Role,
            ["RequiredServicesRunning"] = health.RequiredServicesRunning,
            ["ServicesNotRunning"] = new PsList(health.ServicesNotRunning),
            ["ServicesRunning"] = new PsList(health.ServicesRunning),
            ["Identity"] = null,
            ["IsValid"] = true,
            ["ObjectState"] = "New",
        },
    };

    public static PsObject Queue(QueueReading queue) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo"),
        Text = "Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo",
        Adapted =
        {
            ["Identity"] = queue.Identity,
            ["DeliveryType"] = queue.DeliveryType,
            ["NextHopDomain"] = queue.NextHop,
            ["TlsDomain"] = null,
            ["NextHopConnector"] = Guid.Empty,
            ["Status"] = queue.Status,
            ["MessageCount"] = queue.MessageCount,
            ["LastError"] = queue.LastError ?? "",
            ["RetryCount"] = 0,
            ["Velocity"] = queue.Velocity,
            ["RiskLevel"] = "Normal",
            ["PriorityDescriptions"] = new PsList(["High", "Normal", "Low", "None"]),
            ["IsValid"] = true,
            ["ObjectState"] = "New",
        },
    };

    public static PsObject DatabaseCopy(ServerName server, DatabaseCopyReading copy) => new()
    {
        TypeNames = Types("Microsoft.Exchange.Management.SystemConfigurationTasks.DatabaseCopyStatusEntry"),
        Text = copy.Name,
        Adapted =
        {
            ["Identity"] = copy.Name,
            ["Name"] = copy.Name,
            ["DatabaseName"] = copy.Name.Split('\\')[0],
            ["Status"] = copy.Status,
            ["MailboxServer"] = server.Value,
            ["ActivationSuspended"] = copy.ActivationSuspended,
            ["CopyQueueLength"] = copy.CopyQueueLength,
            ["ReplayQueueLength"] = 0L,
            ["IsValid"] = true,
        },
    };

    private static PsList Entries(IReadOnlyList<RequesterEntry> entries) => new(entries.Select(entry =>
        (object?)$"Requestor:{entry.Requester}; State:{entry.State}; Timestamp:{entry.TimestampText}"));

    private static string[] Types(string own) => [own, "Microsoft.Exchange.Data.ConfigurableObject", "System.Object"];
}
