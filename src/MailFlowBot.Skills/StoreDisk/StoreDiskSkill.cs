using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.StoreDisk;

/// <summary>
/// A disk of the store, of its logs or of TMP is full (431 4.3.1 STOREDRV). Back pressure does not watch TMP: transport drops larger
/// messages there without an NDR (Exchange, understanding back pressure, resources that are not monitored).
/// </summary>
internal sealed class StoreDiskSkill : ISkill
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    // Nothing on the server tells when its store stops, so these two limits are ours: full, and far from full.
    private const long FullBelow = 2 * Gigabyte;
    private const double RoomBelowPercent = 90;

    private static readonly Citation Article = new("Understanding back pressure", "Resources that are not monitored");

    public string Finds => SymptomClass.StoreDiskFull;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && readings.Waiting(server).Any(waiting => waiting.Fault == QueueFault.StoreDisk) ? [new ReadDisk(server)] : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) =>
        readings.IsModern(server) ? [new ReadDisk(server)] : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var read = new ReadDisk(examined.Server);
        var found = new Assessment(examined, Finds, read, new ReadQueues(examined.Server));
        foreach (var waiting in examined.Readings.Waiting(examined.Server).Where(waiting => waiting.Fault == QueueFault.StoreDisk))
            found.For(new ReadQueues(examined.Server), waiting.Told());
        var volumes = examined.Readings.Fact<DiskFact>(read)?.Volumes ?? [];
        // The queue's volume is the business of back pressure, whose thresholds the server knows itself.
        foreach (var volume in volumes.Where(volume => volume.FreeBytes < FullBelow && !(volume.Holds is ["queue"])))
            found.For(read, Volume(found, volume));
        if (volumes.Count > 0 && volumes.All(volume => volume.UsedPercent < RoomBelowPercent && volume.FreeBytes >= FullBelow))
            found.Against(read, found.Say("store-disk.room"));

        return found.Conclude(
            Article,
            found.Say("store-disk.headline"),
            found.Say("store-disk.reported"),
            0.9,
            Explains.Partly,
            [
                found.Say("store-disk.look", ("command", "Get-Volume | Sort-Object SizeRemaining")),
                found.Say("store-disk.logs", ("command", $"Get-MailboxDatabase -Server {found.Server} -Status | Format-Table Name, LastFullBackup, LogFolderPath")),
                found.Say("store-disk.temp"),
                found.Say("store-disk.never"),
            ]);
    }

    private static Line Volume(Assessment found, VolumeReading volume) => found.Say(
        "store-disk.volume",
        ("volume", volume.Path),
        ("holds", volume.Holds.Count == 0 ? "?" : string.Join(", ", volume.Holds)),
        ("free", ((double)volume.FreeBytes / Gigabyte).ToString("0.0", CultureInfo.InvariantCulture)),
        ("used", volume.UsedPercent.ToString("0.0", CultureInfo.InvariantCulture)));
}
