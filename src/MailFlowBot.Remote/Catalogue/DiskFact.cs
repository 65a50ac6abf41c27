using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>A volume that Exchange uses.</summary>
/// <param name="Path">Drive letter or mount point, such as <c>C:\</c>.</param>
/// <param name="Holds">What lies there: queue, log, temp, database; foreign words are dropped.</param>
public sealed record VolumeReading(string Path, long FreeBytes, long TotalBytes, IReadOnlyList<string> Holds)
{
    /// <summary>The word for the volume of mail.que.</summary>
    public const string Queue = "queue";

    public const string Log = "log";
    public const string Temp = "temp";
    public const string Database = "database";

    public double UsedPercent => TotalBytes <= 0 ? 100 : 100.0 * (TotalBytes - FreeBytes) / TotalBytes;
}

/// <summary>Paths: <c>VOLUME/free</c> in bytes.</summary>
public sealed record DiskFact(ServerName Server, IReadOnlyList<VolumeReading> Volumes) : Fact
{
    public override string? Value(string path)
    {
        var (volume, part) = Split(path);
        return part == "free"
            ? Volumes.FirstOrDefault(found => found.Path.Equals(volume, StringComparison.OrdinalIgnoreCase))?.FreeBytes.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
