using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The cmdlets of an Exchange endpoint that show configuration, health and diagnostics.</summary>
internal static class ConfigurationCmdlets
{
    public static IReadOnlyList<SimulatedCmdlet> All { get; } =
    [
        new(CmdletNames.GetReceiveConnector, [], [CmdletNames.Identity, CmdletNames.Server, "DomainController"],
            call => OnServer(call, CmdletNames.Server, profile => Each(
                call, configuration => configuration.ReceiveConnectors, profile, ConfigurationObjects.ReceiveConnector))),
        new(CmdletNames.GetSendConnector, [], [CmdletNames.Identity, "DomainController"], call =>
        {
            foreach (var connector in call.Organization.SendConnectors())
                call.Output(ConfigurationObjects.SendConnector(connector));
            return Task.FromResult(PipelineResult.Completed);
        }),
        new(CmdletNames.GetTransportService, [], [CmdletNames.Identity, "DomainController"],
            call => OnServer(call, CmdletNames.Identity, profile => call.Output(
                ConfigurationObjects.TransportService(profile, call.Organization.Configured(profile.Name, found => found.Dns))))),
        new(CmdletNames.GetFrontendTransportService, [], [CmdletNames.Identity, "DomainController"],
            call => OnServer(call, CmdletNames.Identity, profile => call.Output(
                ConfigurationObjects.FrontendTransportService(profile, call.Organization.Configured(profile.Name, found => found.Dns))))),
        new(CmdletNames.GetTransportAgent, [], [CmdletNames.Identity, CmdletNames.TransportService],
            call => OnServer(call, null, profile => Agents(call, profile))),
        new(CmdletNames.GetHealthReport, [CmdletNames.Identity], ["HealthSet", "RollupGroup"],
            call => OnServer(call, CmdletNames.Identity, profile => Each(
                call, configuration => configuration.HealthSets, profile, ConfigurationObjects.HealthSet))),
        new(CmdletNames.GetExchangeCertificate, [], [CmdletNames.Identity, CmdletNames.Server, "Thumbprint", "DomainName"],
            call => OnServer(call, CmdletNames.Server, profile => Each(
                call, configuration => configuration.Certificates, profile, ConfigurationObjects.Certificate))),
        new(CmdletNames.GetExchangeDiagnosticInfo, [], [CmdletNames.Server, CmdletNames.Process, CmdletNames.Component, "Argument"],
            call => OnServer(call, CmdletNames.Server, profile => Diagnostics(call, profile))),
    ];

    private static Task<PipelineResult> OnServer(CmdletCall call, string? parameter, Action<ServerProfile> show) =>
        ExchangeCmdlets.On(call, parameter, show);

    private static void Each<T>(
        CmdletCall call, Func<TransportConfiguration, List<T>> items, ServerProfile profile, Func<ServerProfile, T, Clixml.PsObject> show)
    {
        foreach (var item in call.Organization.Configured(profile.Name, found => items(found).ToArray()))
            call.Output(show(profile, item));
    }

    private static void Agents(CmdletCall call, ServerProfile profile)
    {
        var agents = call.Organization.Configured(profile.Name, found => found.Agents.ToArray());
        for (var i = 0; i < agents.Length; i++)
            call.Output(ConfigurationObjects.Agent(agents[i].Name, agents[i].Enabled, i + 1, agents[i].Assembly));
    }

    private static void Diagnostics(CmdletCall call, ServerProfile profile)
    {
        var process = call.Text(CmdletNames.Process) ?? "";
        if (!process.Equals(CmdletNames.EdgeTransportProcess, StringComparison.OrdinalIgnoreCase))
        {
            call.Output(DiagnosticObjects.Process(profile, call.Now.AddDays(-9), call.Now));
            return;
        }

        if (call.Organization.BackPressure(profile.Name) is not { } pressure)
        {
            call.Error(EndpointErrors.ProcessNotFound(profile.Name.Value, process, call.Now));
            return;
        }

        var throttling = string.Equals(call.Text(CmdletNames.Component), CmdletNames.ResourceThrottling, StringComparison.OrdinalIgnoreCase);
        call.Output(DiagnosticObjects.Process(
            profile,
            pressure.Fact.ProcessStarted ?? call.Now,
            call.Now,
            throttling ? DiagnosticObjects.Throttling(pressure.Fact, pressure.Transitions) : null));
    }
}
