using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Get-MfbEvents: first an object that says since when was looked and whether more was found than is returned, then the events. Only
/// with the first one is an empty list an answer.
/// </summary>
internal sealed record EventsCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetEvents, new PsParameter(CmdletNames.Server, On.Value))])
{
    // The function returns fewer; a server that sends more is not believed to have sent all.
    private const int Most = 1000;

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0 || Property.Instant(objects[0], "Since") is not { } since)
            return CmdletAnswer.Unreadable("The answer does not say since when was looked.");
        if (Property.Misplaced(On, objects, CmdletNames.Server) is { } misplaced)
            return misplaced;
        var listed = objects.Skip(1).Take(Most).ToList();
        var events = listed.Select(Event).OfType<EventReading>().ToList();
        if (events.Count < listed.Count)
            return CmdletAnswer.Unreadable("An event lacks its log, source, id or time.");
        // Of a list that was cut nobody knows what is missing; where that was not told, it may have been.
        var cut = objects.Count - 1 > Most || Property.Flag(objects[0], "Cut") != false;
        return new CmdletAnswer.Found(
            new EventsFact(On, since, [.. events.Where(WatchedEvents.Contains).OrderByDescending(happened => happened.At)], cut),
            Property.ServerIn(objects[0], CmdletNames.Server));
    }

    private static EventReading? Event(PsObject from) =>
        Property.Text(from, "Log") is { } log
        && Property.Text(from, "Source") is { } source
        && Property.Whole(from, "Id") is { } id and >= 0 and <= ushort.MaxValue
        && Property.Instant(from, "At") is { } at
            ? new(log, source, (int)id, at, Property.Text(from, "Text"))
            : null;
}
