using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MailboxServer of one server: its DAG and what it says about activation.</summary>
internal sealed record MailboxServerCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetMailboxServer, new PsParameter(CmdletNames.Identity, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count != 1)
            return CmdletAnswer.Unreadable($"{objects.Count} mailbox servers were listed, one was asked for.");
        if (Property.Misplaced(On, objects, "Name", "Identity") is { } misplaced)
            return misplaced;
        // A missing property may not look like "in no DAG": that would say there is no cluster node to look at.
        return !objects[0].TryGet("DatabaseAvailabilityGroup", out _)
            ? CmdletAnswer.Unreadable("DatabaseAvailabilityGroup was not told.")
            : new CmdletAnswer.Found(
                new MailboxServerFact(
                    On,
                    Property.Text(objects[0], "DatabaseAvailabilityGroup"),
                    Property.Text(objects[0], "DatabaseCopyAutoActivationPolicy"),
                    Property.Flag(objects[0], "DatabaseCopyActivationDisabledAndMoveNow")),
                Property.ServerIn(objects[0], "Name", "Identity"));
    }
}
