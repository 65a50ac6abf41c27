using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

/// <summary>Changes from the catalogue down to bytes, and what they did.</summary>
public sealed class WireChangeTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex03 = new("EX03");
    private static readonly SetComponentState Reset =
        new(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

    private static readonly RestartService Restart = new(Ex03, WindowsService.Transport);

    private readonly SimulatedOrganization _organization = new(new JumpingTime(new FixedTime(FixedTime.Noon)), Drills.Default);
    private readonly SimulatedEndpoints _endpoints;

    public WireChangeTests() => _endpoints = new SimulatedEndpoints(_organization);

    public static TheoryData<string> Planned => [.. Drills.All.Where(drill => drill.Expected.Steps.Count > 0).Select(drill => drill.Name)];

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    private Task<ChangeOutcome> SendAsync(ChangeOperation change) => _endpoints.Send(change, CancellationToken.None);

    private ComponentState Hub(ServerName server) => _organization.Components(server).Find(ComponentName.HubTransport)!.State;

    [Theory]
    [MemberData(nameof(Planned))]
    public async Task The_steps_a_drill_expects_do_what_they_promise(string name)
    {
        var drill = Drills.Named(name)!;
        _organization.Start(drill);

        var outcomes = new List<ChangeOutcome>();
        foreach (var step in drill.Expected.Steps)
            outcomes.Add(await SendAsync(step));

        Assert.Equal(drill.Expected.OutcomeUnknown ? 1 : 0, outcomes.OfType<ChangeLost>().Count());
        Assert.Equal(drill.Expected.Steps.Count, outcomes.Count(outcome => outcome is ChangeCompleted or ChangeLost));
        foreach (var reset in drill.Expected.Steps.OfType<SetComponentState>())
            Assert.DoesNotContain(
                _organization.Components(reset.Server).Find(reset.Component)!.Holding, entry => entry.Requester == reset.Requester);
        // Where another requester holds the component too, or nobody could restart transport, mail still waits.
        Assert.Equal(name is not ("two-requesters" or "no-windows-endpoint"), _organization.TakesMail(drill.Server!.Value));
    }

    [Fact]
    public async Task A_restart_takes_its_time_on_the_virtual_clock_only()
    {
        Assert.IsType<ChangeCompleted>(await SendAsync(Restart));

        Assert.Equal(TimeSpan.FromSeconds(9.6), _organization.Time.Jumped);
        Assert.Equal(ServiceStatus.Running, _organization.Services(Ex03).Find(WindowsService.Transport)!.Status);
    }

    [Fact]
    public async Task A_reset_for_another_requester_completes_and_changes_nothing()
    {
        Assert.IsType<ChangeCompleted>(await SendAsync(Reset with { Requester = Requester.Maintenance }));

        Assert.Equal(ComponentState.Inactive, Hub(Ex03));
    }

    [Fact]
    public async Task The_inverse_sets_it_back()
    {
        await SendAsync(Reset);
        Assert.Equal(ComponentState.Active, Hub(Ex03));

        Assert.IsType<ChangeCompleted>(await SendAsync(Reset with { State = ComponentState.Inactive }));

        Assert.Equal(ComponentState.Inactive, Hub(Ex03));
    }

    [Fact]
    public async Task An_error_record_of_a_change_is_a_failure_although_the_command_completed()
    {
        var failed = Assert.IsType<ChangeFailed>(await SendAsync(Reset with { Component = new ComponentName("NoSuchComponent") }));

        Assert.Contains("NoSuchComponent", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_requester_the_cmdlet_does_not_know_is_refused_and_nothing_changes()
    {
        Assert.IsType<ChangeFailed>(await SendAsync(Reset with { Requester = new Requester("Somebody") }));

        Assert.Equal(ComponentState.Inactive, Hub(Ex03));
    }

    [Fact]
    public async Task A_disabled_service_fails_to_start()
    {
        _organization.Start(Drills.Named("su-interrupted")!);

        Assert.IsType<ChangeFailed>(await SendAsync(new StartService(Ex03, WindowsService.Transport)));

        Assert.Equal(ServiceStatus.Stopped, _organization.Services(Ex03).Find(WindowsService.Transport)!.Status);
    }

    [Fact]
    public async Task A_service_outside_the_list_is_not_even_sent()
    {
        var failed = Assert.IsType<ChangeFailed>(await SendAsync(new RestartService(Ex01, WindowsService.InformationStore)));

        Assert.StartsWith("Not sent", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_windows_endpoint_a_restart_is_not_sent()
    {
        _organization.Start(Drills.Named("no-windows-endpoint")!);

        Assert.StartsWith("Not sent", Assert.IsType<ChangeFailed>(await SendAsync(Restart)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_dies_after_the_change_leaves_the_outcome_open_and_the_next_read_works()
    {
        _organization.Start(Drills.Named("agent-lost")!);

        Assert.IsType<ChangeLost>(await SendAsync(Reset));

        var seen = Assert.IsType<Seen>(await _endpoints.Reader.ReadAsync(new ReadComponentStates(Ex03), CancellationToken.None));
        Assert.Equal("Active", seen.Fact.Value("HubTransport/state"));
    }

    [Fact]
    public async Task The_drift_of_a_drill_shows_in_the_next_read()
    {
        var drill = Drills.Named("drift")!;
        _organization.Start(drill);
        var read = new ReadComponentStates(Ex03);
        var before = Readings.Empty.With(await _endpoints.Reader.ReadAsync(read, CancellationToken.None));
        var condition = Condition.AsRead(before, read, "HubTransport/entries")!;

        drill.AfterPlanShown(_organization);

        Assert.True(condition.Holds(before));
        Assert.False(condition.Holds(before.With(await _endpoints.Reader.ReadAsync(read, CancellationToken.None))));
    }
}
