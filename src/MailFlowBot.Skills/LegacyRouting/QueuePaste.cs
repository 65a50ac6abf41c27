using System.Globalization;
using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>Pasted output of Get-Queue on the hub: what of it the article is about.</summary>
/// <param name="Unreachable">Messages in the Unreachable queue; null when it was not printed.</param>
/// <param name="MapiReady">Messages in MapiDelivery queues that are Ready although they hold some; null when none was printed.</param>
internal sealed record QueuePaste(int? Unreachable, int? MapiReady)
{
    public static QueuePaste? Of(IReadOnlyList<ConsoleObject> objects)
    {
        var queues = objects.Where(candidate => candidate.Has("Identity") && candidate.Has("Status") && Count(candidate) is not null)
            .GroupBy(queue => queue.Paste).MaxBy(paste => paste.Key)?.ToList() ?? [];
        var unreachable = queues.Where(queue => IsCalled(queue, "Unreachable")).ToList();
        var mapi = queues.Where(queue => queue["DeliveryType"]?.StartsWith("MapiDel", StringComparison.OrdinalIgnoreCase) == true).ToList();
        return unreachable.Count + mapi.Count == 0
            ? null
            : new QueuePaste(
                unreachable.Count == 0 ? null : Total(unreachable),
                mapi.Count == 0 ? null : Total(mapi.Where(queue => queue["Status"]!.Trim().Equals("Ready", StringComparison.OrdinalIgnoreCase))));
    }

    private static bool IsCalled(ConsoleObject queue, string name) =>
        queue["Identity"]!.TrimEnd().EndsWith('\\' + name, StringComparison.OrdinalIgnoreCase)
        || queue["DeliveryType"]?.Trim().Equals(name, StringComparison.OrdinalIgnoreCase) == true;

    private static int? Count(ConsoleObject queue) =>
        int.TryParse(queue["MessageCount"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    // Pasted numbers can be anything.
    private static int Total(IEnumerable<ConsoleObject> queues) =>
        (int)Math.Min(int.MaxValue, queues.Sum(queue => (long)(Count(queue) ?? 0)));
}
