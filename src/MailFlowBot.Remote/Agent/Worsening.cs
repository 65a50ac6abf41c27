using System.Globalization;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Something about the server that was well before the plan and is not any more.</summary>
/// <param name="Path">See <see cref="Fact.Value"/>.</param>
public sealed record Worsening(ReadOperation Read, string Path, string Before, string Now)
{
    // Arbitrary: twice what waited before and a little more is not the usual coming and going of a queue.
    private const int QueueFactor = 2;
    private const int QueueSlack = 20;

    /// <summary>Compares what was read of one server and of its peers' queues towards it. What is not seen now is not called worse.</summary>
    /// <param name="wanted">What the plan's own steps are to bring about, which is no harm.</param>
    internal static IReadOnlyList<Worsening> Between(
        Readings before, Readings now, ServerName server, IReadOnlyCollection<Condition> wanted) =>
    [
        .. Components(before, now, server)
            .Concat(Services(before, now, server))
            .Where(worse => !wanted.Any(condition => condition.Read == worse.Read && condition.Operator == ConditionOperator.EqualTo
                && string.Equals(condition.Path, worse.Path, StringComparison.OrdinalIgnoreCase) && condition.Operand == worse.Now)),
        .. Queues(before, now, server),
    ];

    /// <summary>The reads that <see cref="Between"/> compares, as far as they were made before.</summary>
    internal static IEnumerable<ReadOperation> Reads(Readings before, ServerName server) =>
        new ReadOperation[] { new ReadComponentStates(server), new ReadServices(server) }
            .Concat(Peers(before, server).Select(peer => new ReadQueues(peer)))
            .Where(before.Has);

    private static IEnumerable<Worsening> Components(Readings before, Readings now, ServerName server)
    {
        foreach (var was in before.Components(server)?.Components ?? [])
        {
            if (was.State == ComponentState.Active && now.Components(server)?.Find(was.Component) is { } component
                && component.State != ComponentState.Active)
            {
                yield return new(new ReadComponentStates(server), $"{was.Component}/state", was.State.ToString(), component.State.ToString());
            }
        }
    }

    private static IEnumerable<Worsening> Services(Readings before, Readings now, ServerName server)
    {
        foreach (var was in before.Services(server)?.Services ?? [])
        {
            if (was.Status == ServiceStatus.Running && now.Services(server)?.Find(was.Service) is { } service
                && service.Status != ServiceStatus.Running)
            {
                yield return new(new ReadServices(server), $"{was.Service}/status", was.Status.ToString(), service.Status.ToString());
            }
        }
    }

    private static IEnumerable<Worsening> Queues(Readings before, Readings now, ServerName server)
    {
        foreach (var peer in Peers(before, server))
        {
            if (before.Queues(peer)?.Towards(server) is { } was && now.Queues(peer)?.Towards(server) is { } waiting
                && waiting > (was * QueueFactor) + QueueSlack)
            {
                yield return new(new ReadQueues(peer), $"towards/{server}", Text(was), Text(waiting));
            }
        }
    }

    private static IEnumerable<ServerName> Peers(Readings readings, ServerName server) =>
        readings.Inventory?.PeersOf(server).Select(peer => peer.Name) ?? [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
