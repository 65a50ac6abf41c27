using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-TransportService and Get-FrontendTransportService: how each resolves names, and limits.</summary>
internal sealed record TransportSettingsCmdlets(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [
        new PsCommand(CmdletNames.GetTransportService, new PsParameter(CmdletNames.Identity, On.Value)),
        new PsCommand(CmdletNames.GetFrontendTransportService, new PsParameter(CmdletNames.Identity, On.Value)),
    ])
{
    // A server before 2016 may have no Front End Transport; what it would say is then left out.
    public override bool MayFail(PsCommand command) => command.Name == CmdletNames.GetFrontendTransportService;

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count != 1)
            return CmdletAnswer.Unreadable($"{objects.Count} transport services were listed, one was asked for.");
        var frontEnd = outputs.Of(1) ?? [];
        if (Property.Misplaced(On, [.. objects, .. frontEnd], "Name", "Identity") is { } misplaced)
            return misplaced;
        var transport = objects[0];
        return new CmdletAnswer.Found(
            new TransportSettingsFact(
                On,
                Dns(transport, "External"),
                Dns(transport, "Internal"),
                Property.Whole(transport, "MaxPerDomainOutboundConnections") is { } most and >= 0 and <= int.MaxValue ? (int)most : null,
                Property.Flag(transport, "AntispamAgentsEnabled"))
            {
                FrontEndExternal = frontEnd.Count == 1 ? Dns(frontEnd[0], "External") : null,
                FrontEndInternal = frontEnd.Count == 1 ? Dns(frontEnd[0], "Internal") : null,
            },
            Property.ServerIn(transport, "Name", "Identity"));
    }

    private static DnsSettings? Dns(PsObject from, string which) => Property.Texts(from, which + "DNSServers") is { } servers
        ? new(Property.Flag(from, which + "DNSAdapterEnabled"), servers)
        : null;
}
