using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Restart guard 1: no restart under back pressure. It frees no disk, the scan at the start is slow under pressure, and a full disk may
/// lose the queue database. Memory that transport itself holds (PrivateBytes, event 15007) is the exception: a restart frees it, and two
/// people look first.
/// </summary>
public sealed record BackPressureGuard(ServerName Server) : Guard
{
    private const string Disk = "UsedDiskSpace";
    private const string OwnMemory = "PrivateBytes";

    public override string Id => "back-pressure";

    public override IEnumerable<ReadOperation> Needs(Readings readings) => Before2013.Holds(Server, readings)
        ? [new ReadEvents(Server), new ReadDisk(Server)]
        : [new ReadBackPressure(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now) =>
        Before2013.Holds(Server, readings) ? Unmetered(readings) : Metered(readings);

    private GuardReading Metered(Readings readings)
    {
        if (readings.Fact<BackPressureFact>(new ReadBackPressure(Server)) is not { } pressure)
            return GuardReading.Refuse(Id, "not seen", ChangeRefusal.NotSeen);
        var high = pressure.Meters.Where(meter => meter.Use == ResourceUse.High || (meter.Use == ResourceUse.Medium && Is(meter, Disk))).ToList();
        if (high.Any(meter => !Is(meter, OwnMemory)))
            return GuardReading.Refuse(Id, Text(high), ChangeRefusal.BackPressure);
        var unknown = pressure.Meters.Where(meter => meter.Use == ResourceUse.Unknown).ToList();
        if (unknown.Count > 0 || pressure.Meters.Count == 0)
            return GuardReading.Refuse(Id, unknown.Count == 0 ? "no meters" : Text(unknown), ChangeRefusal.NotSeen);
        return high.Count > 0
            ? GuardReading.Raise(Id, Text(high))
            : GuardReading.Pass(Id, $"worst {pressure.Worst}");
    }

    /// <summary>Exchange 2007 and 2010 have no diagnostics to ask; their events and the volume speak for them.</summary>
    private GuardReading Unmetered(Readings readings)
    {
        if (readings.Fact<EventsFact>(new ReadEvents(Server)) is not { } events)
            return GuardReading.Refuse(Id, "events not seen", ChangeRefusal.NotSeen);
        var pressed = events.Of(WatchedEvents.Transport, WatchedEvents.Pressure.Where(id => id != WatchedEvents.PressureFell)).ToList();
        if (pressed.Count > 0)
            return GuardReading.Refuse(Id, EventGuard.Text(pressed), ChangeRefusal.BackPressure);
        var disk = QueueDiskGuard.Judge(Id, Server, readings);
        return disk.Effect == GuardEffect.Passes && events.Cut ? GuardReading.Raise(Id, "the list of events was cut") : disk;
    }

    private static bool Is(ResourceMeter meter, string resource) => meter.Resource.Equals(resource, StringComparison.OrdinalIgnoreCase);

    private static string Text(IEnumerable<ResourceMeter> meters) => string.Join(", ", meters.Take(3).Select(meter => string.Create(
        CultureInfo.InvariantCulture, $"{meter.Resource} {meter.Use} {meter.Pressure}")));
}
