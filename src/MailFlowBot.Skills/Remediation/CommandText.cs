using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Remediation;

/// <summary>
/// What a person pastes into a shell on the server to do the same as a change. For reading only: nothing that is executed is made
/// from text. Names come from the inventory and from closed lists, so nothing in them needs quoting.
/// </summary>
public static class CommandText
{
    public static string Of(ChangeOperation change) => change switch
    {
        SetComponentState set =>
            $"Set-ServerComponentState -Identity {set.Server} -Component {set.Component} -Requester {set.Requester} -State {set.State}",
        StartService start => $"Start-Service -Name {start.Service}",
        // Without -Force the restart fails when other services depend on this one.
        RestartService restart => $"Restart-Service -Name {restart.Service} -Force",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change?.Id, "A change without a command."),
    };
}
