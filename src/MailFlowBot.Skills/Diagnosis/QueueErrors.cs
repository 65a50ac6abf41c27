using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>A queue that holds messages back, and why.</summary>
internal sealed record WaitingQueue(QueueReading Queue, QueueFault Fault)
{
    /// <summary>Towards a server of the same organisation.</summary>
    public bool IsInside => Queue.DeliveryType.StartsWith("SmtpRelay", StringComparison.OrdinalIgnoreCase);

    /// <summary>Towards the world: by DNS or by a smart host.</summary>
    public bool IsOutside => UsesSmartHost || Queue.DeliveryType.Equals("DnsConnectorDelivery", StringComparison.OrdinalIgnoreCase);

    public bool UsesSmartHost => Queue.DeliveryType.Equals("SmartHostConnectorDelivery", StringComparison.OrdinalIgnoreCase);

    /// <summary>Towards a mailbox database; the next hop is its name.</summary>
    public bool IsMailbox => Queue.DeliveryType.Equals("SmtpDeliveryToMailbox", StringComparison.OrdinalIgnoreCase);

    /// <summary>The queue as a line of evidence; the error is foreign text and shortened.</summary>
    public Line Told() => Line.Of(
        "evidence.waiting",
        ("queue", Queue.Identity),
        ("hop", Queue.NextHop),
        ("count", Queue.MessageCount.ToString(CultureInfo.InvariantCulture)),
        ("error", Queue.LastError is { Length: > 160 } error ? error[..160] : Queue.LastError ?? "-"));
}

/// <summary>
/// Reads LastError. It is foreign text that nests answers (451 4.4.0 Primary target IP address responded with "451 5.7.3 ..."), so the
/// narrower wording stands first and the first row that matches decides. Sources: Exchange, queues and delivery status codes;
/// RFC 3463.
/// </summary>
internal static class QueueErrors
{
    // Exchange keeps LastError far shorter; what a peer adds behind is not read.
    private const int Length = 2000;

    private static readonly IReadOnlyList<(QueueFault Fault, string[] Words)> Table =
    [
        (QueueFault.StoreDisk, ["431 4.3.1", "mailbox disk is full"]),
        (QueueFault.Store, ["432 4.3.2", "STOREDRV", "MapiException"]),
        (QueueFault.Tls, ["STARTTLS", "TLS negotiation", "UnknownCredentials", "NoCredentials", "454 4.7.5", "certificate"]),
        (QueueFault.Authentication, ["Exchange Server authentication", "454 4.7.0", "451 5.7.3", "535 5.7.3", "530 5.7.57"]),
        (QueueFault.Dns, ["DNS query failed", "NonExistentDomain", "DnsServerFailure", "ErrorRetry", "PRX2"]),
        (QueueFault.BackPressure, ["452 4.3.1", "Insufficient system resources"]),
        (QueueFault.ComponentInactive, ["421 4.3.2", "412 4.3.2", "Service not active", "Service not available"]),
        (QueueFault.Connection, ["4.4.1", "4.4.2", "Failed to connect", "SocketError", "SocketTimedout", "Winsock"]),
        (QueueFault.Refused, ["550 ", "554 ", "4.7.1", "5.7.1"]),
    ];

    public static QueueFault Fault(string? lastError)
    {
        if (string.IsNullOrWhiteSpace(lastError))
            return QueueFault.None;
        var text = lastError.Length > Length ? lastError[..Length] : lastError;
        foreach (var (fault, words) in Table)
        {
            if (words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
                return fault;
        }

        return QueueFault.Other;
    }

    /// <summary>
    /// Queues in Retry that hold messages. Shadow queues hold copies and are never empty for long; Suspended is somebody's will.
    /// </summary>
    public static IReadOnlyList<WaitingQueue> Waiting(this Readings readings, ServerName server) =>
    [
        .. (readings.Queues(server)?.Queues ?? [])
            .Where(queue => queue.MessageCount > 0
                && queue.Status.Equals("Retry", StringComparison.OrdinalIgnoreCase)
                && !queue.DeliveryType.Equals("ShadowRedundancy", StringComparison.OrdinalIgnoreCase))
            .Select(queue => new WaitingQueue(queue, Fault(queue.LastError))),
    ];
}
