using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Remote.Tests.Simulation;

public class SimulatedOrganizationTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex02 = new("EX02");
    private static readonly ServerName Ex03 = new("EX03");

    private readonly JumpingTime _time = new(new FixedTime(FixedTime.Noon));

    private SimulatedOrganization In(string drill) => new(_time, Drills.Named(drill)!);

    private static void Set(
        SimulatedOrganization organization,
        ServerName server,
        ComponentName component,
        Requester requester,
        ComponentState state,
        StateStores stores = StateStores.Both) =>
        organization.Apply(new ComponentSet(TimeSpan.Zero, server, component, requester, state, stores));

    private static ComponentReading Hub(SimulatedOrganization organization, ServerName server) =>
        organization.Components(server).Find(ComponentName.HubTransport)!;

    private void Restart(SimulatedOrganization organization, ServerName server, WindowsService service) =>
        _time.Pass(Assert.IsType<ServiceResult.Done>(organization.RestartService(server, service)).Until - _time.GetUtcNow());

    private static int Towards(SimulatedOrganization organization, ServerName at, ServerName server) =>
        organization.Queues(at)!.Towards(server);

    [Fact]
    public void A_healthy_server_is_inactive_only_where_that_is_by_design()
    {
        var components = In("healthy").Components(Ex03).Components;

        Assert.Equal(34, components.Count);
        Assert.Equal(
            ["ForwardSyncDaemon", "ProvisioningRps"],
            components.Where(component => component.State != ComponentState.Active).Select(component => component.Component.Value));
    }

    [Theory]
    [InlineData("Maintenance")]
    [InlineData("HealthAPI")]
    [InlineData("Sidelined")]
    public void Active_by_a_requester_that_holds_nothing_changes_nothing_about_others(string requester)
    {
        var organization = In("transport-inactive");

        Set(organization, Ex03, ComponentName.HubTransport, new Requester(requester), ComponentState.Active);

        Assert.Equal(ComponentState.Inactive, Hub(organization, Ex03).State);
        Assert.Equal(Requester.Functional, Assert.Single(Hub(organization, Ex03).Holding).Requester);
    }

    [Fact]
    public void With_two_requesters_the_component_comes_back_only_when_both_let_go()
    {
        var organization = In("two-requesters");

        Set(organization, Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);
        Assert.Equal(ComponentState.Inactive, Hub(organization, Ex03).State);

        Set(organization, Ex03, ComponentName.HubTransport, new Requester("maintenance"), ComponentState.Active);
        Assert.Equal(ComponentState.Active, Hub(organization, Ex03).State);
    }

    [Fact]
    public void Draining_by_one_requester_beats_active_by_another()
    {
        var organization = In("draining-window");

        Set(organization, Ex02, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

        Assert.Equal(ComponentState.Draining, Hub(organization, Ex02).State);
        Assert.False(organization.TakesMail(Ex02));
    }

    [Fact]
    public void ServerWideOffline_overrules_all_but_monitoring_and_recovery_actions()
    {
        var organization = In("healthy");

        Set(organization, Ex01, ComponentName.ServerWideOffline, Requester.Maintenance, ComponentState.Inactive);

        var components = organization.Components(Ex01).Components;
        Assert.Equal(
            ["Monitoring", "RecoveryActionsEnabled"],
            components.Where(component => component.State == ComponentState.Active).Select(component => component.Component.Value));
        Assert.All(components, component => Assert.True(component.ServerWideOfflineIsOffline));
        Assert.Empty(Hub(organization, Ex01).Entries);
    }

    [Fact]
    public void Setting_ServerWideOffline_restarts_the_front_end_by_itself()
    {
        var organization = In("healthy");
        Set(organization, Ex01, ComponentName.ServerWideOffline, Requester.Functional, ComponentState.Active);

        ServiceStatus Status() => organization.Services(Ex01).Find(WindowsService.FrontEndTransport)!.Status;

        Assert.Equal(ServiceStatus.Stopped, Status());
        _time.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(ServiceStatus.StartPending, Status());
        _time.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(ServiceStatus.Running, Status());
    }

    [Fact]
    public void A_reset_without_a_restart_does_not_bring_mail_back()
    {
        var organization = In("transport-inactive");

        Set(organization, Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);
        _time.Pass(TimeSpan.FromMinutes(30));

        Assert.Equal(ComponentState.Active, Hub(organization, Ex03).State);
        Assert.False(organization.TakesMail(Ex03));
        Restart(organization, Ex03, WindowsService.Transport);
        Assert.True(organization.TakesMail(Ex03));
    }

    [Fact]
    public void ServerWideOffline_keeps_mail_out_only_as_long_as_it_lasts()
    {
        var organization = In("setup-leftover");
        Assert.False(organization.TakesMail(Ex01));

        Set(organization, Ex01, ComponentName.ServerWideOffline, Requester.Functional, ComponentState.Active);

        Assert.True(organization.TakesMail(Ex01));
    }

    [Fact]
    public void A_restart_without_a_reset_does_not_bring_mail_back()
    {
        var organization = In("transport-inactive");

        Restart(organization, Ex03, WindowsService.Transport);

        Assert.False(organization.TakesMail(Ex03));
    }

    [Fact]
    public void A_restart_takes_the_time_of_a_real_one_and_passes_through_its_states()
    {
        var organization = In("healthy");
        ServiceStatus Status() => organization.Services(Ex01).Find(WindowsService.Transport)!.Status;

        var until = Assert.IsType<ServiceResult.Done>(organization.RestartService(Ex01, WindowsService.Transport)).Until;

        Assert.Equal(TimeSpan.FromSeconds(9.6), until - _time.GetUtcNow());
        Assert.Equal(ServiceStatus.StopPending, Status());
        _time.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(ServiceStatus.StartPending, Status());
        Assert.False(organization.TakesMail(Ex01));
        _time.Pass(TimeSpan.FromSeconds(4.6));
        Assert.Equal(ServiceStatus.Running, Status());
    }

    [Fact]
    public void Queues_fail_then_are_empty_then_are_there_after_a_start()
    {
        var organization = In("healthy");
        Restart(organization, Ex01, WindowsService.Transport);

        Assert.Null(organization.Queues(Ex01));
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.Empty(organization.Queues(Ex01)!.Queues);
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.NotNull(organization.Queues(Ex01)!.Submission);
    }

    [Fact]
    public void Restarting_the_filtering_service_takes_transport_down_and_brings_it_back()
    {
        var organization = In("healthy");

        var until = Assert.IsType<ServiceResult.Done>(organization.RestartService(Ex01, WindowsService.Filtering)).Until;

        Assert.Equal(ServiceStatus.StopPending, organization.Services(Ex01).Find(WindowsService.Transport)!.Status);
        Assert.Equal(ServiceStatus.Running, organization.Services(Ex01).Find(WindowsService.Filtering)!.Status);
        _time.Pass(until - _time.GetUtcNow());
        Assert.All(organization.Services(Ex01).Services, reading => Assert.Equal(ServiceStatus.Running, reading.Status));
    }

    [Fact]
    public void Starting_transport_starts_what_it_depends_on()
    {
        var organization = In("healthy");
        organization.Apply(new ServiceStopped(TimeSpan.Zero, Ex01, WindowsService.Filtering));
        _time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(ServiceStatus.Stopped, organization.Services(Ex01).Find(WindowsService.Transport)!.Status);

        var done = Assert.IsType<ServiceResult.Done>(organization.StartService(Ex01, WindowsService.Transport));
        _time.Pass(done.Until - _time.GetUtcNow());

        Assert.Equal(ServiceStatus.Running, organization.Services(Ex01).Find(WindowsService.Filtering)!.Status);
        Assert.True(organization.TakesMail(Ex01));
    }

    [Fact]
    public void A_disabled_service_does_not_start() =>
        Assert.IsType<ServiceResult.Disabled>(In("su-interrupted").StartService(Ex03, WindowsService.Transport));

    [Fact]
    public void Mail_for_an_inactive_server_waits_at_its_peers_and_grows()
    {
        var organization = In("dag-peer");
        var before = Towards(organization, Ex02, Ex01);

        _time.Pass(TimeSpan.FromMinutes(10));

        Assert.InRange(before, 100, 300);
        Assert.True(Towards(organization, Ex02, Ex01) > before);
        Assert.All(
            organization.Queues(Ex02)!.Queues.Where(queue => queue.NextHop == "ex01.corp.example" && queue.DeliveryType != "ShadowRedundancy"),
            queue => Assert.True(queue is { Status: "Retry", Velocity: < 0 }));
    }

    [Fact]
    public void What_waited_drains_over_time_once_the_server_takes_mail_again()
    {
        var organization = In("transport-inactive");
        var before = Towards(organization, Ex01, Ex03);
        Set(organization, Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);
        Restart(organization, Ex03, WindowsService.Transport);

        _time.Pass(TimeSpan.FromSeconds(15));
        var after = Towards(organization, Ex01, Ex03);
        _time.Pass(TimeSpan.FromMinutes(5));

        Assert.InRange(after, 1, before - 1);
        Assert.Equal(0, Towards(organization, Ex01, Ex03));
    }

    [Fact]
    public void Shadow_copies_at_a_peer_are_not_mail_that_waits_for_the_server()
    {
        var organization = In("healthy");

        Assert.Contains(organization.Queues(Ex02)!.Queues, queue => queue is { DeliveryType: "ShadowRedundancy", MessageCount: > 0 });
        Assert.Equal(0, Towards(organization, Ex02, Ex01));
    }

    [Fact]
    public void User_mail_stays_in_the_outbox_only_where_no_other_server_takes_it()
    {
        Assert.True(In("transport-inactive").WaitingInOutbox(Ex03) > 100);
        Assert.Equal(0, In("dag-peer").WaitingInOutbox(Ex01));
    }

    [Fact]
    public void The_affected_servers_own_queues_look_calm()
    {
        var queues = In("transport-inactive").Queues(Ex03)!;

        Assert.Equal(0, queues.Submission!.MessageCount);
        Assert.True(queues.Total < 10);
    }

    [Fact]
    public void Stores_may_disagree_and_a_normal_set_writes_both()
    {
        var organization = In("two-stores");
        Assert.True(Hub(organization, Ex01).StoresDisagree);
        Assert.Equal(ComponentState.Inactive, Hub(organization, Ex01).State);

        Set(organization, Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

        Assert.False(Hub(organization, Ex01).StoresDisagree);
        Assert.Equal(ComponentState.Active, Hub(organization, Ex01).State);
    }

    [Fact]
    public void A_server_that_does_not_exist_is_named_in_the_error() =>
        Assert.Contains("EX09", Assert.Throws<ArgumentException>(() => In("healthy").TakesMail(new ServerName("EX09"))).Message, StringComparison.Ordinal);
}
