using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// What the servers that share the load with one server do. Mailbox Transport Submission picks any Transport service of the
/// delivery
/// group, so one that serves takes most of the trouble away (Exchange: mail routing, delivery groups).
/// </summary>
/// <param name="Complete">
/// True when the list of peers itself can be trusted: the server's own word about its DAG was read and agrees with the inventory.
/// </param>
internal sealed record Peers(
    IReadOnlyList<ServerName> Serving, IReadOnlyList<ServerName> Out, IReadOnlyList<ServerName> NotSeen, bool Complete)
{
    /// <summary>Nobody else could carry the mail of this server.</summary>
    public bool None => Complete && Serving.Count + Out.Count + NotSeen.Count == 0;

    /// <summary>The reads this picture is made of.</summary>
    public static IEnumerable<ReadOperation> Reads(ServerName server, Readings readings) =>
        readings.Inventory?.PeersOf(server).Select(peer => new ReadComponentStates(peer.Name)) ?? [];

    public static Peers Of(ServerName server, Readings readings)
    {
        var states = (readings.Inventory?.PeersOf(server) ?? [])
            .Select(peer => (peer.Name, readings.Components(peer.Name)?.Find(ComponentName.HubTransport)?.State))
            .ToList();
        var mailbox = readings.Fact<MailboxServerFact>(new ReadMailboxServer(server));
        return new Peers(
            [.. states.Where(peer => peer.State == ComponentState.Active).Select(peer => peer.Name)],
            [.. states.Where(peer => peer.State is ComponentState.Inactive or ComponentState.Draining).Select(peer => peer.Name)],
            [.. states.Where(peer => peer.State is null or ComponentState.Unknown).Select(peer => peer.Name)],
            mailbox is not null && string.Equals(mailbox.Dag, readings.Inventory?.Find(server)?.Dag, StringComparison.OrdinalIgnoreCase));
    }
}
