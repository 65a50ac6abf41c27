using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-ReceiveConnector of one server.</summary>
internal sealed record ReceiveConnectorsCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetReceiveConnector, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No Receive connector was listed.");
        if (Property.Misplaced(On, objects, "Server", "Identity") is { } misplaced)
            return misplaced;
        var connectors = objects.Select(Connector).OfType<ReceiveConnectorReading>().ToList();
        // One without bindings would look as if it listened nowhere.
        return connectors.Count < objects.Count
            ? CmdletAnswer.Unreadable("A Receive connector lacks its name or its bindings.")
            : new CmdletAnswer.Found(new ReceiveConnectorsFact(On, connectors), Property.ServerIn(objects[0], "Server", "Identity"));
    }

    private static ReceiveConnectorReading? Connector(PsObject from) =>
        (Property.Text(from, "Name") ?? Property.Text(from, "Identity")?.Split('\\')[^1]) is { } name
        && Property.Texts(from, "Bindings") is { } bindings
            ? new(
                name,
                Property.Flag(from, "Enabled"),
                Property.Text(from, "TransportRole"),
                bindings,
                Property.Text(from, "TlsCertificateName"),
                Property.Flags(from, "PermissionGroups") ?? [],
                Property.Flags(from, "AuthMechanism") ?? [],
                Property.Text(from, "Fqdn"))
            : null;
}
