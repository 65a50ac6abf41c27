using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-HealthReport of one server: the health sets of transport and mail flow among its some hundred.</summary>
internal sealed record HealthReportCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetHealthReport, new PsParameter(CmdletNames.Identity, On.Value))])
{
    private static readonly string[] Sets =
        ["HubTransport", "FrontendTransport", "MailboxTransport", "Mailflow", "Transport", "EdgeTransport", "FIPS", "Antimalware"];

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (Property.Misplaced(On, objects, "Server", "Identity") is { } misplaced)
            return misplaced;
        var wanted = objects.Where(from => Sets.Contains(Property.Text(from, "HealthSet"), StringComparer.OrdinalIgnoreCase)).ToList();
        return wanted.Count == 0
            ? CmdletAnswer.Unreadable("No health set of transport was listed.")
            : new CmdletAnswer.Found(new HealthReportFact(On, [.. wanted.Select(Set)]), Property.ServerIn(objects[0], "Server", "Identity"));
    }

    private static HealthSetReading Set(PsObject from) => new(
        Property.Text(from, "HealthSet") ?? "",
        Property.Text(from, "AlertValue") ?? "Unknown",
        Property.Text(from, "State"),
        Property.Instant(from, "LastTransitionTime"));
}
