using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>What an endpoint says to commands that the product would never send.</summary>
public sealed class SimulatedEndpointTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Ex03 = new("EX03");

    private readonly SimulatedOrganization _organization = new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Default);
    private readonly SimulatedEndpoint _exchange;
    private readonly SimulatedEndpoint _windows;
    private RemoteSession? _toExchange;
    private RemoteSession? _toWindows;

    public SimulatedEndpointTests()
    {
        _exchange = new SimulatedEndpoint(_organization, Ex03, EndpointKind.Exchange, TimeProvider.System);
        _windows = new SimulatedEndpoint(_organization, Ex03, EndpointKind.Windows, TimeProvider.System);
    }

    public async Task InitializeAsync()
    {
        _toExchange = await OpenAsync(_exchange);
        _toWindows = await OpenAsync(_windows);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _toExchange!.DisposeAsync();
        await _toWindows!.DisposeAsync();
        await _exchange.DisposeAsync();
        await _windows.DisposeAsync();
    }

    private static Task<RemoteSession> OpenAsync(SimulatedEndpoint endpoint) => RemoteSession.OpenAsync(
        endpoint.Connect(),
        new RemoteSessionOptions(new ShellOptions("simulation://EX03", endpoint.ConfigurationName)),
        TimeProvider.System,
        CancellationToken.None);

    private Task<InvocationOutcome> AskAsync(string name, params PsParameter[] parameters) =>
        (name.Contains("Mfb", StringComparison.Ordinal) ? _toWindows : _toExchange)!.InvokeAsync(new PsCommand(name, parameters), CancellationToken.None);

    private static string Failure(InvocationOutcome outcome) => Assert.IsType<InvocationOutcome.Failed>(outcome).Error.FullyQualifiedErrorId;

    private static PsParameter[] Set(params PsParameter[] more) =>
        [new("Identity", "EX03"), new("Component", "HubTransport"), new("Requester", "Functional"), new("State", "Active"), .. more];

    private ComponentState Hub => _organization.Components(Ex03).Find(ComponentName.HubTransport)!.State;

    [Theory]
    [InlineData("Remove-Mailbox")]
    [InlineData("Invoke-Expression")]
    [InlineData("Restart-Service")]
    public async Task Other_cmdlets_are_not_recognised(string name) =>
        Assert.Equal("CommandNotFoundException", Failure(await AskAsync(name)));

    [Theory]
    [InlineData("Get-MfbServices", "Get-Queue")]
    [InlineData("Get-Queue", "Get-MfbServices")]
    public async Task Each_endpoint_has_its_own_cmdlets_only(string there, string elsewhere)
    {
        var session = there.Contains("Mfb", StringComparison.Ordinal) ? _toWindows! : _toExchange!;

        Assert.Equal("CommandNotFoundException", Failure(await session.InvokeAsync(new PsCommand(elsewhere), CancellationToken.None)));
    }

    [Fact]
    public async Task A_script_is_refused()
    {
        var outcome = await _toExchange!.InvokeAsync(new PsCommand("Get-Queue", [], IsScript: true), CancellationToken.None);

        Assert.Equal("ScriptsNotAllowed", Failure(outcome));
    }

    [Fact]
    public async Task An_unknown_parameter_fails_the_command() =>
        Assert.Equal("NamedParameterNotFound,Get-Queue", Failure(await AskAsync("Get-Queue", new PsParameter("NoSuchParam", 1))));

    [Fact]
    public async Task A_missing_mandatory_parameter_fails_the_command() =>
        Assert.Equal(
            "MissingMandatoryParameter,Set-ServerComponentState",
            Failure(await AskAsync("Set-ServerComponentState", new PsParameter("Identity", "EX03"))));

    [Fact]
    public async Task A_value_outside_the_set_fails_the_command() =>
        Assert.Equal(
            "ParameterArgumentValidationError,Restart-MfbService",
            Failure(await AskAsync("Restart-MfbService", new("Server", "EX03"), new("Name", "MSExchangeIS"), new("Confirm", false))));

    [Theory]
    [InlineData("Get-ExchangeServer", "Identity")]
    [InlineData("Get-ServerComponentState", "Identity")]
    [InlineData("Get-Queue", "Server")]
    public async Task A_server_that_is_not_there_is_not_found(string cmdlet, string parameter) =>
        Assert.Contains(
            "ManagementObjectNotFoundException", Failure(await AskAsync(cmdlet, new PsParameter(parameter, "NOPE"))), StringComparison.Ordinal);

    [Fact]
    public async Task A_windows_function_refuses_to_speak_for_another_server() =>
        Assert.Equal("OtherServer,Get-MfbServices", Failure(await AskAsync("Get-MfbServices", new PsParameter("Server", "EX01"))));

    [Fact]
    public async Task A_change_that_cannot_ask_for_confirmation_completes_with_an_error_and_changes_nothing()
    {
        var completed = Assert.IsType<InvocationOutcome.Completed>(await AskAsync("Set-ServerComponentState", Set()));

        Assert.Equal("HostException", Assert.Single(completed.Streams.Errors).FullyQualifiedErrorId);
        Assert.Equal(ComponentState.Inactive, Hub);
    }

    [Theory]
    [InlineData("Confirm", true)]
    [InlineData("Confirm", null)]
    [InlineData("WhatIf", null)]
    [InlineData("WhatIf", true)]
    public async Task A_confirmed_or_supposed_change_changes_nothing(string parameter, bool? value)
    {
        Assert.IsType<InvocationOutcome.Completed>(await AskAsync("Set-ServerComponentState", Set(new PsParameter(parameter, value))));

        Assert.Equal(ComponentState.Inactive, Hub);
    }

    [Fact]
    public async Task A_change_without_confirmation_is_carried_out()
    {
        var completed = Assert.IsType<InvocationOutcome.Completed>(
            await AskAsync("set-servercomponentstate", Set(new PsParameter("Confirm", false))));

        Assert.Empty(completed.Streams.Errors);
        Assert.Empty(completed.Streams.Outputs);
        Assert.Equal(ComponentState.Active, Hub);
    }

    [Fact]
    public async Task Only_transport_components_can_be_drained()
    {
        PsParameter[] drain = [new("Identity", "EX03"), new("Component", "OwaProxy"), new("Requester", "Maintenance"), new("State", "Draining"), new("Confirm", false)];

        var completed = Assert.IsType<InvocationOutcome.Completed>(await AskAsync("Set-ServerComponentState", drain));

        Assert.Single(completed.Streams.Errors);
    }

    [Fact]
    public async Task One_store_alone_can_be_set()
    {
        await AskAsync("Set-ServerComponentState", Set(new PsParameter("LocalOnly"), new PsParameter("Confirm", false)));

        Assert.True(_organization.Components(Ex03).Find(ComponentName.HubTransport)!.StoresDisagree);
    }

    [Fact]
    public async Task One_component_can_be_asked_for()
    {
        var completed = Assert.IsType<InvocationOutcome.Completed>(await AskAsync(
            "Get-ServerComponentState", new PsParameter("Identity", "ex03.corp.example"), new PsParameter("Component", "hubtransport")));

        Assert.Single(completed.Streams.Outputs);
    }
}
