using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The cmdlets of an Exchange endpoint (configuration Microsoft.Exchange), as the bot's role may see them.</summary>
internal static class ExchangeCmdlets
{
    private static readonly ComponentName[] Drainable = [ComponentName.HubTransport, ComponentName.FrontendTransport];

    public static IReadOnlyList<SimulatedCmdlet> All { get; } =
    [
        new(CmdletNames.GetExchangeServer, [], [CmdletNames.Identity, "Status", "DomainController"],
            call => ForEach(call, profile => call.Output(ExchangeObjects.Server(profile)))),
        new(CmdletNames.GetMailboxServer, [], [CmdletNames.Identity, "Status", "DomainController"],
            call => ForEach(call, profile => call.Output(
                ExchangeObjects.MailboxServer(profile, call.Organization.MailboxServer(profile.Name))))),
        new(CmdletNames.GetServerComponentState, [CmdletNames.Identity], [CmdletNames.Component, "DomainController"],
            call => On(call, CmdletNames.Identity, profile => Components(call, profile))),
        new(CmdletNames.TestServiceHealth, [], [CmdletNames.Server, "MonitoringContext"],
            call => On(call, CmdletNames.Server, profile => Health(call, profile))),
        new(CmdletNames.GetQueue, [], [CmdletNames.Identity, CmdletNames.Server, "Filter", "ResultSize"],
            call => On(call, CmdletNames.Server, profile => Queues(call, profile))),
        new(CmdletNames.GetMailboxDatabaseCopyStatus, [], [CmdletNames.Identity, CmdletNames.Server],
            call => On(call, CmdletNames.Server, profile => Copies(call, profile))),
        new(CmdletNames.SetServerComponentState,
            [CmdletNames.Identity, CmdletNames.Component, CmdletNames.Requester, CmdletNames.State],
            ["LocalOnly", "RemoteOnly", "TimeoutInSeconds", "DomainController", CmdletNames.Confirm, "WhatIf"],
            call => On(call, CmdletNames.Identity, profile => Set(call, profile)))
        {
            ValueSets = new Dictionary<string, IReadOnlyList<string>>
            {
                [CmdletNames.Requester] = ["HealthAPI", "Maintenance", "Sidelined", "Functional", "Deployment"],
                [CmdletNames.State] = ["Active", "Inactive", "Draining"],
            },
        },
    ];

    private static Task<PipelineResult> ForEach(CmdletCall call, Action<ServerProfile> show)
    {
        if (call.Has(CmdletNames.Identity))
            return On(call, CmdletNames.Identity, show);
        foreach (var profile in call.Organization.Profiles)
            show(profile);
        return Completed;
    }

    /// <summary>Does something with the one server that a parameter names; without it, with the server the endpoint is on.</summary>
    /// <param name="parameter">Null for a cmdlet that takes no server.</param>
    internal static Task<PipelineResult> On(CmdletCall call, string? parameter, Action<ServerProfile> act)
    {
        var identity = (parameter is null ? null : call.Text(parameter)) ?? call.At.Value;
        var profile = call.Organization.Profiles.FirstOrDefault(profile =>
            string.Equals(identity, profile.Name.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(identity, profile.Fqdn, StringComparison.OrdinalIgnoreCase));
        if (profile is null)
            return Task.FromResult(PipelineResult.FailedBy(EndpointErrors.ObjectNotFound(call.Cmdlet, identity, call.Now)));
        // A change follows its -Identity wherever it runs; reads speak about the server they were routed to.
        act(call.Cmdlet == CmdletNames.SetServerComponentState ? profile : call.Organization.AnsweringFor(profile.Name));
        return Completed;
    }

    private static Task<PipelineResult> Completed => Task.FromResult(PipelineResult.Completed);

    private static void Components(CmdletCall call, ServerProfile profile)
    {
        var wanted = call.Text(CmdletNames.Component);
        var found = call.Organization.Components(profile.Name).Components
            .Where(component => wanted is null || component.Component == new ComponentName(wanted))
            .ToList();
        if (found.Count == 0)
            call.Error(EndpointErrors.NotSettable(call.Cmdlet, $"'{wanted}' is not a component."));
        foreach (var component in found)
            call.Output(ExchangeObjects.Component(profile, component));
    }

    private static void Health(CmdletCall call, ServerProfile profile)
    {
        foreach (var role in RoleServices.Health(call.Organization.Services(profile.Name)))
        {
            if (!role.RequiredServicesRunning)
                call.Warning($"Required services of the role '{role.Role}' are not running on {profile.Name}.");
            call.Output(ExchangeObjects.Role(role));
        }
    }

    private static void Queues(CmdletCall call, ServerProfile profile)
    {
        if (call.Organization.Queues(profile.Name) is not { } queues)
        {
            call.Error(EndpointErrors.QueuesUnavailable(profile.Name.Value, call.Now));
            return;
        }

        foreach (var queue in queues.Queues)
            call.Output(ExchangeObjects.Queue(queue));
    }

    private static void Copies(CmdletCall call, ServerProfile profile)
    {
        foreach (var copy in call.Organization.DatabaseCopies(profile.Name).Copies)
            call.Output(ExchangeObjects.DatabaseCopy(profile.Name, copy));
    }

    private static void Set(CmdletCall call, ServerProfile profile)
    {
        var component = new ComponentName(call.Text(CmdletNames.Component) ?? "");
        var state = Enum.Parse<ComponentState>(call.Text(CmdletNames.State) ?? "", ignoreCase: true);
        if (!ComponentStore.Components.Contains(component))
            call.Error(EndpointErrors.NotSettable(call.Cmdlet, $"'{component}' is not a component."));
        else if (state == ComponentState.Draining && !Drainable.Contains(component))
            call.Error(EndpointErrors.NotSettable(call.Cmdlet, $"{component} cannot be drained."));
        else if (call.Switch("WhatIf"))
            return;
        else if (!call.NeedNotConfirm)
            call.Error(EndpointErrors.CannotConfirm(call.Cmdlet, $"{profile.Name}\\{component}"));
        else
            call.Organization.Apply(new ComponentSet(
                TimeSpan.Zero,
                profile.Name,
                component,
                new Requester(call.Text(CmdletNames.Requester) ?? ""),
                state,
                call.Switch("LocalOnly") ? StateStores.Local : call.Switch("RemoteOnly") ? StateStores.Remote : StateStores.Both));
    }
}
