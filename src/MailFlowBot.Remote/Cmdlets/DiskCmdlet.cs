using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MfbDisk: the volumes that hold the queue database, logs, temporary files and mailbox databases.</summary>
internal sealed record DiskCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetDisk, new PsParameter(CmdletNames.Server, On.Value))])
{
    private static readonly string[] Known = [VolumeReading.Queue, VolumeReading.Log, VolumeReading.Temp, VolumeReading.Database];

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No volume was listed.");
        if (Property.Misplaced(On, objects, CmdletNames.Server) is { } misplaced)
            return misplaced;
        var volumes = objects.Select(Volume).OfType<VolumeReading>().ToList();
        return volumes.Count < objects.Count
            ? CmdletAnswer.Unreadable("A volume lacks its path, its size or how much of it is free.")
            : new CmdletAnswer.Found(new DiskFact(On, volumes), Property.ServerIn(objects[0], CmdletNames.Server));
    }

    private static VolumeReading? Volume(PsObject from) =>
        Property.Text(from, "Path") is { } path
        && Property.Whole(from, "TotalBytes") is { } total and > 0
        && Property.Whole(from, "FreeBytes") is { } free and >= 0
        && free <= total
            ? new(path, free, total, [.. (Property.Flags(from, "Holds") ?? []).Select(word => word.ToLowerInvariant()).Where(Known.Contains)])
            : null;
}
