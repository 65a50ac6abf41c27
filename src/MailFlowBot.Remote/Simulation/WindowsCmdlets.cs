using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The Mfb functions of one server's restricted Windows endpoint.</summary>
internal static class WindowsCmdlets
{
    public static IReadOnlyList<SimulatedCmdlet> On(ServerName server) =>
    [
        new(CmdletNames.GetServices, [CmdletNames.Server], [], call => Here(call, server, () => Services(call, server))),
        new(CmdletNames.GetInstallState, [CmdletNames.Server], [], call => Here(call, server, () =>
            call.Output(WindowsObjects.InstallState(call.Organization.InstallState(server))))),
        new(CmdletNames.GetClusterNode, [CmdletNames.Server], [], call => Here(call, server, () =>
            call.Output(WindowsObjects.ClusterNode(call.Organization.ClusterNode(server))))),
        new(CmdletNames.GetEvents, [CmdletNames.Server], [], call => Here(call, server, () =>
        {
            var events = call.Organization.Events(server);
            call.Output(WindowsObjects.Looked(server, events.Since, events.Cut));
            // The function's own allow-list: other events never leave the server.
            foreach (var happened in events.Events.Where(WatchedEvents.Contains))
                call.Output(WindowsObjects.Event(server, happened));
        })),
        new(CmdletNames.GetDisk, [CmdletNames.Server], [], call => Here(call, server, () =>
        {
            foreach (var volume in call.Organization.Configured(server, found => found.Volumes.ToArray()))
                call.Output(WindowsObjects.Volume(server, volume));
        })),
        new(CmdletNames.GetRecoveryActions, [CmdletNames.Server], [], call => Here(call, server, () =>
        {
            call.Output(WindowsObjects.Looked(server, call.Now.AddHours(-24), false));
            foreach (var action in call.Organization.Configured(server, found => found.RecoveryActions.ToArray()))
                call.Output(WindowsObjects.RecoveryAction(server, action));
        })),
        Changing(CmdletNames.StartService, server, call => call.Organization.StartService(server, Service(call))),
        Changing(CmdletNames.RestartService, server, call =>
        {
            call.Warning($"Waiting for service '{Service(call)}' to stop...");
            return call.Organization.RestartService(server, Service(call));
        }),
    ];

    private static SimulatedCmdlet Changing(string name, ServerName server, Func<CmdletCall, ServiceResult> change) =>
        new(name, [CmdletNames.Server, CmdletNames.Name], [CmdletNames.Confirm, "WhatIf"], call => ChangeAsync(call, server, change))
        {
            ValueSets = new Dictionary<string, IReadOnlyList<string>>
            {
                [CmdletNames.Name] = [.. WindowsService.Changeable.Select(service => service.Name)],
            },
        };

    private static WindowsService Service(CmdletCall call) => new(call.Text(CmdletNames.Name) ?? "");

    private static Task<PipelineResult> Here(CmdletCall call, ServerName server, Action show)
    {
        if (Refusal(call, server) is { } refused)
            return Task.FromResult(refused);
        show();
        return Task.FromResult(PipelineResult.Completed);
    }

    private static PipelineResult? Refusal(CmdletCall call, ServerName server)
    {
        var asked = call.Text(CmdletNames.Server);
        return ServerName.TryParse(asked, out var name) && name == server
            ? null
            : PipelineResult.FailedBy(EndpointErrors.OtherServer(call.Cmdlet, asked ?? "", server.Value));
    }

    private static void Services(CmdletCall call, ServerName server)
    {
        foreach (var service in call.Organization.Services(server).Services)
            call.Output(WindowsObjects.Service(server, service));
    }

    private static async Task<PipelineResult> ChangeAsync(CmdletCall call, ServerName server, Func<CmdletCall, ServiceResult> change)
    {
        if (Refusal(call, server) is { } refused)
            return refused;
        if (call.Switch("WhatIf"))
            return PipelineResult.Completed;
        if (!call.NeedNotConfirm)
        {
            call.Error(EndpointErrors.CannotConfirm(call.Cmdlet, Service(call).Name));
            return PipelineResult.Completed;
        }

        if (change(call) is ServiceResult.Done done)
            await call.WaitUntilAsync(done.Until).ConfigureAwait(false);
        else
            call.Error(EndpointErrors.ServiceDisabled(call.Cmdlet, Service(call).Name));
        return PipelineResult.Completed;
    }
}
