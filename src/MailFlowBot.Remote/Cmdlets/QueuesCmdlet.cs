using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-Queue of one server.</summary>
internal sealed record QueuesCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetQueue, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        // A transport service that has just started lists nothing for a while. That is not "all queues are empty".
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No queue was listed; the transport service may have started only now.");
        if (Property.Misplaced(On, objects, "Identity") is { } misplaced)
            return misplaced;
        var queues = objects.Select(Queue).OfType<QueueReading>().ToList();
        return queues.Count < objects.Count
            ? CmdletAnswer.Unreadable("A queue does not tell how many messages it holds.")
            : new CmdletAnswer.Found(new QueuesFact(On, queues), Property.ServerIn(objects[0], "Identity"));
    }

    private static QueueReading? Queue(PsObject from) => Property.Whole(from, "MessageCount") is { } count and >= 0 and <= int.MaxValue
        ? new(
            Property.Text(from, "Identity") ?? "",
            Property.Text(from, "DeliveryType") ?? "",
            Property.Text(from, "Status") ?? "",
            Property.Text(from, "NextHopDomain") ?? "",
            (int)count,
            Property.Real(from, "Velocity"),
            Property.Text(from, "LastError"))
        : null;
}
