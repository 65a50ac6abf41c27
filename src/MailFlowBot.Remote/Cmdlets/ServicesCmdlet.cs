using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MfbServices: the watched services, shaped like Get-Service plus the server's name.</summary>
internal sealed record ServicesCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetServices, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (Property.Misplaced(On, objects, CmdletNames.Server) is { } misplaced)
            return misplaced;
        var services = Services(objects);
        return services.Count == 0
            ? CmdletAnswer.Unreadable("None of the watched services was listed.")
            : new CmdletAnswer.Found(new ServicesFact(On, services), Property.ServerIn(objects[0], CmdletNames.Server));
    }

    /// <summary>The watched ones among objects of Get-Service.</summary>
    public static IReadOnlyList<ServiceReading> Services(IEnumerable<PsObject> objects) =>
    [
        .. objects
            .Select(from => new ServiceReading(
                new WindowsService(Property.Text(from, "ServiceName") ?? Property.Text(from, "Name") ?? ""),
                Property.Named<ServiceStatus>(from, "Status"),
                StartType(Property.Text(from, "StartType"))))
            .Where(reading => WindowsService.Watched.Contains(reading.Service)),
    ];

    // Newer PowerShell tells the delayed start apart; for a restart it is the same.
    private static ServiceStartType StartType(string? text) =>
        string.Equals(text, "AutomaticDelayedStart", StringComparison.OrdinalIgnoreCase)
            ? ServiceStartType.Automatic
            : Property.NamedText<ServiceStartType>(text);
}
