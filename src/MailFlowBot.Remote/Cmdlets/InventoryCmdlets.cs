using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-ExchangeServer for all servers, and Get-MailboxServer for the DAG each is in.</summary>
internal sealed record InventoryCmdlets() : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetExchangeServer), new PsCommand(CmdletNames.GetMailboxServer)])
{
    // Without it the servers are known but not who stands in for whom; that is marked on each of them.
    public override bool MayFail(PsCommand command) => command.Name == CmdletNames.GetMailboxServer;

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var servers = new List<ExchangeServer>();
        foreach (var from in outputs.Objects)
        {
            if (Server(from, outputs.Of(1)) is { } server && servers.All(known => known.Name != server.Name))
                servers.Add(server);
        }

        return servers.Count == 0
            ? CmdletAnswer.Unreadable("No server with a name was listed.")
            : new CmdletAnswer.Found(new InventoryFact(servers), null);
    }

    private static ExchangeServer? Server(PsObject from, IReadOnlyList<PsObject>? mailboxServers)
    {
        if (!ServerName.TryParse(Property.ServerIn(from, "Name", "Fqdn", "Identity"), out var name))
            return null;
        var roles = Property.Text(from, "ServerRole")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mailbox = mailboxServers?.FirstOrDefault(other => Is(other, name));
        var dagTold = mailbox is null
            ? mailboxServers is not null && roles?.Contains("Mailbox", StringComparer.OrdinalIgnoreCase) == false
            : mailbox.TryGet("DatabaseAvailabilityGroup", out _);
        return new ExchangeServer(
            name,
            Property.Text(from, "AdminDisplayVersion") ?? "",
            roles ?? [],
            // Site is an identity such as corp.example/Configuration/Sites/HQ.
            Property.Text(from, "Site")?.Split('/')[^1],
            mailbox is null ? null : Property.Text(mailbox, "DatabaseAvailabilityGroup"))
        {
            DagSeen = dagTold,
        };
    }

    private static bool Is(PsObject mailboxServer, ServerName name) =>
        ServerName.TryParse(Property.ServerIn(mailboxServer, "Name", "Identity"), out var other) && other == name;
}
