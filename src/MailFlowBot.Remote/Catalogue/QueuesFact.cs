using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>One transport queue.</summary>
/// <param name="Identity">Such as <c>EX01\Submission</c> or <c>EX01\17</c>.</param>
/// <param name="DeliveryType">Undefined for Submission and Poison, SmtpDeliveryToMailbox, SmtpRelayToDag, ….</param>
/// <param name="NextHop">NextHopDomain.</param>
/// <param name="Velocity">Drain rate; negative when the queue grows. Null when the server did not tell.</param>
/// <param name="LastError">Foreign text: remote servers write into it.</param>
public sealed record QueueReading(
    string Identity, string DeliveryType, string Status, string NextHop, int MessageCount, double? Velocity, string? LastError);

/// <summary>Paths: <c>total</c>, <c>Submission/count</c>, <c>towards/SERVER</c> (messages waiting for that server).</summary>
public sealed record QueuesFact(ServerName Server, IReadOnlyList<QueueReading> Queues) : Fact
{
    public int Total => Queues.Sum(queue => queue.MessageCount);

    public QueueReading? Submission => Queues.FirstOrDefault(queue => queue.Identity.EndsWith("\\Submission", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Messages in queues whose next hop names the server: what its peers hold back for it. Shadow queues name it too, but hold copies
    /// of what it has accepted, and are never empty for long.
    /// </summary>
    public int Towards(ServerName server) => Queues
        .Where(queue => !queue.DeliveryType.Equals("ShadowRedundancy", StringComparison.OrdinalIgnoreCase))
        .Where(queue => queue.NextHop.Split('.', ' ', ';', ',').Contains(server.Value, StringComparer.OrdinalIgnoreCase))
        .Sum(queue => queue.MessageCount);

    public override string? Value(string path)
    {
        var (head, part) = Split(path);
        return head switch
        {
            "total" => Total.ToString(CultureInfo.InvariantCulture),
            "Submission" when part == "count" => Submission?.MessageCount.ToString(CultureInfo.InvariantCulture),
            "towards" when ServerName.TryParse(part, out var server) => Towards(server).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
