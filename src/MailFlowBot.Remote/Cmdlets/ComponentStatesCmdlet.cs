using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-ServerComponentState without a component: all of them at once.</summary>
internal sealed record ComponentStatesCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetServerComponentState, new PsParameter(CmdletNames.Identity, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0)
            return CmdletAnswer.Unreadable("No component was listed.");
        if (Property.Misplaced(On, objects, "ServerFqdn", "Identity") is { } misplaced)
            return misplaced;
        var named = objects.Where(from => Property.Text(from, "Component") is not null).ToList();
        if (named.Count < objects.Count)
            return CmdletAnswer.Unreadable("A component has no name.");
        // The field is missing on some builds; the component itself says the same.
        var offline = named.Any(from => Name(from) == ComponentName.ServerWideOffline && State(from) != ComponentState.Active);
        return new CmdletAnswer.Found(
            new ComponentStatesFact(On, [.. named.Select(from => Reading(from, offline))]),
            Property.ServerIn(objects[0], "ServerFqdn", "Identity"));
    }

    private static ComponentReading Reading(PsObject from, bool offline) => new(
        Name(from),
        State(from),
        Property.Flag(from, "ServerWideOfflineIsOffline") ?? offline,
        Entries(from, "LocalStates"),
        Entries(from, "RemoteStates"));

    private static IReadOnlyList<RequesterEntry> Entries(PsObject from, string store)
    {
        if (Property.Items(from, store) is { } items)
            return RequesterEntries.Read(items);
        // Somebody must hold a component that is not Active. Who, was not told: that may not look like "nobody".
        return State(from) == ComponentState.Active || Name(from).IsInactiveByDesign
            ? []
            : [RequesterEntries.Unread(Property.Text(from, store))];
    }

    private static ComponentName Name(PsObject from) => new(Property.Text(from, "Component") ?? "");

    private static ComponentState State(PsObject from) => Property.Named<ComponentState>(from, "State");
}
