using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.BackPressure;

/// <summary>
/// Transport slows down or refuses mail because a resource runs short (Exchange, understanding back pressure). The thresholds shown are
/// the server's own: the documented ones differ from what servers carry. For people only: a restart frees no disk, and transport scans
/// its queue file at the start.
/// </summary>
internal sealed class BackPressureSkill : ISkill
{
    private static readonly Citation Article = new("Understanding back pressure", "Back pressure resources");

    private static readonly IReadOnlyList<string> MemoryMeters = ["PrivateBytes", "SystemMemory"];

    // 15005 says that pressure fell, so it belongs to the picture without being a fault.
    private static readonly IReadOnlyList<int> Raised = [15002, 15004, 15006, 15007];

    public string Finds => SymptomClass.BackPressure;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        !readings.IsModern(server) ? []
        : Meters(server, readings)?.Worst is ResourceUse.Medium or ResourceUse.High
            ? [new ReadBackPressure(server), new ReadEvents(server), new ReadDisk(server)]
            : [new ReadBackPressure(server), new ReadEvents(server)];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadDisk(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadBackPressure(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadEvents(examined.Server));
        var meters = Meters(examined.Server, examined.Readings);
        var high = meters?.Meters.Where(meter => meter.Use is ResourceUse.Medium or ResourceUse.High).ToList() ?? [];
        foreach (var meter in high.OrderByDescending(meter => meter.Use))
            found.For(read, Meter(found, meter));
        var events = examined.Readings.Events(examined.Server);
        var raised = TransportEvents.Of(events, "MSExchangeTransport", Raised);
        // Meters that are Low now speak louder than an event of the last hour; unread ones leave the word to the event.
        if (meters?.Worst == ResourceUse.Low)
        {
            found.HintEvents(raised);
            found.Against(read, found.Say("back-pressure.low"));
        }
        else
        {
            found.ForEvents(raised);
        }

        if (found.Observed)
            Volumes(examined, found);
        if (high.Count > 0)
            found.Fix = (null, WhyNoRestart(examined));
        var severe = meters?.Worst == ResourceUse.High;
        return found.Conclude(
            Article,
            found.Say(high.Count == 0 ? "back-pressure.headline-events" : severe ? "back-pressure.headline-high" : "back-pressure.headline-medium",
                ("resources", string.Join(", ", high.Select(meter => meter.Resource).Distinct()))),
            found.Say("back-pressure.reported"),
            high.Count == 0 ? 0.7 : 0.95,
            severe ? Explains.Explains : Explains.Partly,
            Runbook(found, high, raised));
    }

    private static BackPressureFact? Meters(ServerName server, Readings readings) => readings.Fact<BackPressureFact>(new ReadBackPressure(server));

    // Whether pressure forbids the restart that people ask for is the catalogue's to say; here it is only passed on.
    private static ChangeRefusal? WhyNoRestart(ExaminedServer examined) =>
        new RestartService(examined.Server, WindowsService.Transport).Judge(examined.Readings, examined.Now).Guards
            .FirstOrDefault(guard => guard.Guard == "back-pressure")?.Refusal;

    private static Line Meter(Assessment found, ResourceMeter meter) => found.Say(
        "back-pressure.meter",
        ("resource", meter.Instance is { Length: > 0 } instance ? $"{meter.Resource} [{instance}]" : meter.Resource),
        ("use", meter.Use.ToString()),
        ("previous", meter.Previous.ToString()),
        ("pressure", Number(meter.Pressure)),
        ("high", Number(meter.ToHigh)),
        ("back", Number(meter.FromMedium)));

    private static void Volumes(ExaminedServer examined, Assessment found)
    {
        var read = new ReadDisk(examined.Server);
        foreach (var volume in examined.Readings.Fact<DiskFact>(read)?.Volumes.Where(volume => volume.Holds.Contains("queue")) ?? [])
        {
            found.Hint(read, found.Say(
                "back-pressure.volume",
                ("volume", volume.Path),
                ("free", (volume.FreeBytes / (1024.0 * 1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture)),
                ("used", volume.UsedPercent.ToString("0.0", CultureInfo.InvariantCulture))));
        }
    }

    private static List<Line> Runbook(Assessment found, List<ResourceMeter> high, IReadOnlyList<EventReading> raised)
    {
        var memory = high.Any(meter => MemoryMeters.Contains(meter.Resource, StringComparer.OrdinalIgnoreCase))
            || (high.Count == 0 && raised.Count > 0 && raised.All(happened => happened.Id == 15007));
        return
        [
            found.Say("back-pressure.look", (
                "command",
                $"[xml](Get-ExchangeDiagnosticInfo -Server {found.Server} -Process EdgeTransport -Component ResourceThrottling).Result")),
            found.Say(memory ? "back-pressure.memory" : "back-pressure.free-space"),
            found.Say("back-pressure.flood", ("command", $"Get-Queue -Server {found.Server} -ResultSize 20 -SortOrder:-MessageCount")),
            found.Say("back-pressure.hysteresis"),
            found.Say("back-pressure.no-restart"),
        ];
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
