using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-SendConnector: configuration of the organisation, the same wherever it is asked.</summary>
internal sealed record SendConnectorsCmdlet() : ReadCmdlet(EndpointKind.Exchange, [new PsCommand(CmdletNames.GetSendConnector)])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        // An organisation without any is possible, but a scope that hides them looks the same.
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No Send connector was listed; there may be none, or the account may see none.");
        var connectors = objects.Select(Connector).OfType<SendConnectorReading>().ToList();
        return connectors.Count < objects.Count
            ? CmdletAnswer.Unreadable("A Send connector lacks its name or its address spaces.")
            : new CmdletAnswer.Found(new SendConnectorsFact(connectors), null);
    }

    private static SendConnectorReading? Connector(PsObject from) =>
        (Property.Text(from, "Name") ?? Property.Text(from, "Identity")) is { } name && Property.Texts(from, "AddressSpaces") is { } spaces
            ? new(
                name,
                Property.Flag(from, "Enabled"),
                spaces,
                Property.Texts(from, "SmartHosts") ?? [],
                Property.Flag(from, "DNSRoutingEnabled"),
                [.. (Property.Texts(from, "SourceTransportServers") ?? []).Select(server => server.Split('/')[^1])],
                Property.Text(from, "TlsCertificateName"),
                Property.Whole(from, "Port") is { } port and > 0 and <= ushort.MaxValue ? (int)port : null)
            : null;
}
