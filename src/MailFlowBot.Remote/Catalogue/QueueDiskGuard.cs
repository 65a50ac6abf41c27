using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Restart guard 1 where transport cannot be asked because it does not run: enough room for the queue database. A start on a full volume
/// may lose it.
/// </summary>
public sealed record QueueDiskGuard(ServerName Server) : Guard
{
    // UsedDiskSpace as documented: Medium from 89, High from 99 percent. The server's own figures are told by the running service only.
    private const double Medium = 89;
    private const double High = 99;

    public override string Id => "queue-disk";

    public override IEnumerable<ReadOperation> Needs(Readings readings) => [new ReadDisk(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now) => Judge(Id, Server, readings);

    internal static GuardReading Judge(string id, ServerName server, Readings readings)
    {
        var volumes = readings.Fact<DiskFact>(new ReadDisk(server))?.Volumes.Where(volume => volume.Holds.Contains(VolumeReading.Queue)).ToList();
        if (volumes is not { Count: > 0 })
            return GuardReading.Refuse(id, "volume of the queue database not seen", ChangeRefusal.NotSeen);
        var fullest = volumes.MaxBy(volume => volume.UsedPercent)!;
        var text = string.Create(CultureInfo.InvariantCulture, $"{fullest.Path} {Math.Floor(fullest.UsedPercent)} %");
        return fullest.UsedPercent >= High ? GuardReading.Refuse(id, text, ChangeRefusal.BackPressure)
            : fullest.UsedPercent >= Medium ? GuardReading.Raise(id, text)
            : GuardReading.Pass(id, text);
    }
}
