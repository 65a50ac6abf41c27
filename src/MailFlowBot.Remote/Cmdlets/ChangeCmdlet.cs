using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>A change as the one command it becomes.</summary>
internal sealed record ChangeCmdlet(EndpointKind Endpoint, PsCommand Command)
{
    // Without a host a cmdlet that wants to confirm writes an error, ends as completed and changes nothing.
    private static readonly PsParameter Unasked = new(CmdletNames.Confirm, false);

    /// <exception cref="ArgumentException">The change names something that no endpoint is ever asked to do.</exception>
    public static ChangeCmdlet For(ChangeOperation change) => change switch
    {
        SetComponentState set => new(EndpointKind.Exchange, new PsCommand(
            CmdletNames.SetServerComponentState,
            new PsParameter(CmdletNames.Identity, set.Server.Value),
            new PsParameter(CmdletNames.Component, set.Component.Value),
            new PsParameter(CmdletNames.Requester, set.Requester.Value),
            new PsParameter(CmdletNames.State, Settable(set.State)),
            Unasked)),
        StartService start => new(EndpointKind.Windows, OnService(CmdletNames.StartService, start.Server, start.Service)),
        RestartService restart => new(EndpointKind.Windows, OnService(CmdletNames.RestartService, restart.Server, restart.Service)),
        _ => throw new ArgumentException($"No command is known for the change '{change.Id}'.", nameof(change)),
    };

    private static PsCommand OnService(string name, ServerName server, WindowsService service) =>
        WindowsService.Changeable.Contains(service)
            ? new PsCommand(
                name, new PsParameter(CmdletNames.Server, server.Value), new PsParameter(CmdletNames.Name, service.Name), Unasked)
            : throw new ArgumentException($"{service} is not a service that may be started or restarted.", nameof(service));

    private static string Settable(ComponentState state) => state == ComponentState.Unknown
        ? throw new ArgumentException("Unknown is not a state that can be set.", nameof(state))
        : state.ToString();
}
