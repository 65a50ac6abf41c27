using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MailboxDatabaseCopyStatus: the copies on one server.</summary>
internal sealed record DatabaseCopiesCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetMailboxDatabaseCopyStatus, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No copy was listed.");
        if (Property.Misplaced(On, objects, "MailboxServer") is { } misplaced)
            return misplaced;
        return new CmdletAnswer.Found(new DatabaseCopiesFact(On, [.. objects.Select(Copy)]), Property.ServerIn(objects[0], "MailboxServer"));
    }

    private static DatabaseCopyReading Copy(PsObject from) => new(
        Property.Text(from, "Name") ?? Property.Text(from, "Identity") ?? "",
        Property.Text(from, "Status") ?? "Unknown",
        Property.Flag(from, "ActivationSuspended"),
        Property.Whole(from, "CopyQueueLength"));
}
