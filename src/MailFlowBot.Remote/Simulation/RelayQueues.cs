using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>Which queues a simulated server keeps.</summary>
internal static class RelayQueues
{
    // Get-Queue fails, then lists nothing, for a while after the service is up.
    public static readonly TimeSpan FailsAfterStart = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan EmptyAfterStart = TimeSpan.FromSeconds(16);

    // Little mail depends on one DAG member, since the others take it too; a branch that stands alone depends on its server wholly.
    private const double TowardsDagMember = 1.5;
    private const double TowardsLoneServer = 6;

    public static IReadOnlyList<RelayQueue> Of(ServerProfile own, IReadOnlyList<ServerProfile> all)
    {
        var queues = new List<RelayQueue>();
        var others = all.Where(other => other != own && !(own.Dag is null && other.Dag is not null));
        foreach (var other in others)
        {
            queues.Add(new RelayQueue(
                queues.Count + 3,
                "SmtpRelayToServers",
                other.Fqdn.ToLowerInvariant(),
                [other.Name],
                other.Dag is null ? TowardsLoneServer : TowardsDagMember));
        }

        // From outside, a DAG is one next hop: any of its members will do.
        foreach (var dag in all.Where(other => other.Dag is not null && other.Dag != own.Dag).GroupBy(other => other.Dag!))
        {
            queues.Add(new RelayQueue(
                queues.Count + 3, "SmtpRelayToDag", dag.Key.ToLowerInvariant(), [.. dag.Select(member => member.Name)], TowardsLoneServer));
        }

        return queues;
    }

    /// <summary>All queues as Get-Queue lists them, quiet ones included.</summary>
    /// <param name="open">Tells whether a server takes mail.</param>
    public static IReadOnlyList<QueueReading> Read(SimulatedServer server, IEnumerable<ServerProfile> all, Func<ServerName, bool> open)
    {
        var profile = server.Profile;
        // Copies kept for a peer until it reports delivery: messages in these are normal.
        var shadows = all.Where(other => other != profile && other.SharesLoadWith(profile)).Select(
            (other, index) => Quiet($"Shadow\\{40 + index}", "ShadowRedundancy", other.Fqdn.ToLowerInvariant(), 11));
        IReadOnlyList<QueueReading> queues =
        [
            Quiet("Submission", "Undefined", "Submission", open(profile.Name) ? 1 : 0),
            Quiet("Poison", "Undefined", "Poison Message", 0),
            Quiet("Unreachable", "Unreachable", "Unreachable Domain", 0),
            Quiet("2", "SmtpDeliveryToMailbox", profile.Database.ToLowerInvariant(), 0),
            .. server.Relays.Select(relay => relay.Read(profile.Name, relay.Members.Any(open))),
            Quiet("20", "DnsConnectorDelivery", "fabrikam.example", 2) with
            {
                Status = "Retry",
                LastError = "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
            },
            .. shadows,
        ];
        var stuck = server.Configuration.Queues;
        return [.. queues.Where(queue => stuck.All(other => !Same(other, queue))), .. stuck];

        static bool Same(QueueReading one, QueueReading other) => one.Identity.Equals(other.Identity, StringComparison.OrdinalIgnoreCase);

        QueueReading Quiet(string name, string deliveryType, string nextHop, int count) =>
            new($"{profile.Name}\\{name}", deliveryType, "Ready", nextHop, count, 0, null);
    }
}
