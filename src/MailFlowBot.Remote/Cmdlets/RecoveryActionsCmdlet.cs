using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Get-MfbRecoveryActions: first an object that says since when was looked, then what managed availability did (its event channel
/// RecoveryActionResults). Only with the first one is an empty list an answer.
/// </summary>
internal sealed record RecoveryActionsCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetRecoveryActions, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count == 0 || Property.Instant(objects[0], "Since") is null)
            return CmdletAnswer.Unreadable("The answer does not say since when was looked.");
        if (Property.Misplaced(On, objects, CmdletNames.Server) is { } misplaced)
            return misplaced;
        var actions = objects.Skip(1).Select(Action).OfType<RecoveryActionReading>().OrderByDescending(action => action.At).ToList();
        return actions.Count < objects.Count - 1
            ? CmdletAnswer.Unreadable("An action lacks its name, its target or its time.")
            : new CmdletAnswer.Found(new RecoveryActionsFact(On, actions), Property.ServerIn(objects[0], CmdletNames.Server));
    }

    private static RecoveryActionReading? Action(PsObject from) =>
        Property.Text(from, "Action") is { } action && Property.Text(from, "Target") is { } target && Property.Instant(from, "At") is { } at
            ? new(action, target, at, Property.Text(from, "Result"))
            : null;
}
