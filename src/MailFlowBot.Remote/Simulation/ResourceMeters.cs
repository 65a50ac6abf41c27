using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// Transport's resource meters. A use rises at one threshold and falls at a lower one, so that freeing a little space does not end the
/// pressure (Exchange: back pressure). Thresholds as documented.
/// </summary>
internal sealed class ResourceMeters
{
    public const string UsedDiskSpace = "UsedDiskSpace";
    public const string PrivateBytes = "PrivateBytes";

    private const string QueueFolder = @"C:\Program Files\Microsoft\Exchange Server\V15\TransportRoles\data\Queue";

    private readonly List<Gauge> _gauges =
    [
        new(PrivateBytes, null, 75, 73, 72, 71) { Pressure = 6 },
        new("SystemMemory", null, 94, 89, 88, 84) { Pressure = 58 },
        new("UsedVersionBuckets", QueueFolder + @"\mail.que", 1500, 1000, 999, 800) { Pressure = 2 },
        new("SubmissionQueue", null, 15000, 10000, 9999, 2000) { Pressure = 1 },
        new("DatabaseUsedSpace", QueueFolder, 99, 97, 96, 94) { Pressure = 33 },
        new(UsedDiskSpace, QueueFolder, 99, 90, 89, 80) { Pressure = 41 },
    ];

    /// <summary>True while some resource is High: transport then takes no mail at all.</summary>
    public bool Refusing => _gauges.Any(gauge => gauge.Use == ResourceUse.High);

    public IReadOnlyList<ResourceMeter> Read() =>
    [
        .. _gauges.Select(gauge => new ResourceMeter(
            gauge.Resource, gauge.Instance, gauge.Use, gauge.Previous, gauge.Pressure, gauge.MediumToHigh, gauge.MediumToLow)),
    ];

    /// <summary>The thresholds from Medium to High, High to Medium, Low to Medium and Medium to Low, as the diagnostics write them.</summary>
    public IReadOnlyList<string> Transitions() =>
    [
        .. _gauges.Select(gauge => FormattableString.Invariant(
            $"[PressureTransitions: MediumToHigh={gauge.MediumToHigh} HighToMedium={gauge.HighToMedium} LowToMedium={gauge.LowToMedium} MediumToLow={gauge.MediumToLow}]")),
    ];

    /// <summary>Sets a pressure and writes the events that go with a change of use.</summary>
    /// <exception cref="ArgumentException">There is no such resource.</exception>
    public void Press(string resource, long pressure, EventLog log, DateTimeOffset now)
    {
        var gauge = _gauges.Find(gauge => gauge.Resource.Equals(resource, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"'{resource}' is not one of: {string.Join(", ", _gauges.Select(known => known.Resource))}.", nameof(resource));
        var before = gauge.Use;
        gauge.Press(pressure);
        if (gauge.Use == before)
            return;
        var rose = gauge.Use > before;
        log.Transport(rose ? 15004 : 15005, $"{gauge.Resource}: {before} -> {gauge.Use}, {pressure}", now);
        if (rose && gauge.Use == ResourceUse.High && gauge.Resource == UsedDiskSpace)
            log.Transport(15006, $"Messages are refused: too little space is free on the volume of {gauge.Instance}.", now);
        if (rose && gauge.Use == ResourceUse.High && gauge.Resource == PrivateBytes)
            log.Transport(15007, "Messages are refused: the service uses more memory than it may.", now);
    }

    private sealed class Gauge(string resource, string? instance, long mediumToHigh, long highToMedium, long lowToMedium, long mediumToLow)
    {
        public string Resource => resource;

        public string? Instance => instance;

        public long MediumToHigh => mediumToHigh;

        public long HighToMedium => highToMedium;

        public long LowToMedium => lowToMedium;

        public long MediumToLow => mediumToLow;

        public long Pressure { get; set; }

        public ResourceUse Use { get; private set; } = ResourceUse.Low;

        public ResourceUse Previous { get; private set; } = ResourceUse.Low;

        public void Press(long pressure)
        {
            Pressure = pressure;
            Previous = Use;
            Use = pressure >= mediumToHigh || (Use == ResourceUse.High && pressure > highToMedium) ? ResourceUse.High
                : pressure >= lowToMedium || (Use != ResourceUse.Low && pressure > mediumToLow) ? ResourceUse.Medium
                : ResourceUse.Low;
        }
    }
}
