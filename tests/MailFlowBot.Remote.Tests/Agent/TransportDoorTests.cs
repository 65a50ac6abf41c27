using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>Port 2525 is part of the proof that transport takes mail again, wherever it could be seen before.</summary>
public sealed class TransportDoorTests
{
    private static readonly ReadSmtpProbe Door = new(StandIn.Ex03, SmtpDoor.Transport);
    private static readonly StartService Start = new(StandIn.Ex03, WindowsService.Transport);

    private static SmtpProbeFact Says(int? code, string? enhanced, SmtpStage stage = SmtpStage.Mailed) =>
        new(StandIn.Ex03, SmtpDoor.Transport, stage, null, [], code, enhanced, null);

    private static SmtpProbeFact Closed => Says(null, null, SmtpStage.NotConnected);

    private static async Task<List<ExecutionReport>> RunAsync(Stage stage, params ChangeOperation[] steps) =>
        await stage.RunAsync(await stage.PlanAsync(steps));

    private static void PutAfter(Stage stage, SmtpProbeFact fact, Func<ChangeOperation, bool> change) => stage.Exchange.OnSend = sent =>
    {
        if (change(sent))
            stage.Exchange.Put(Door, fact);
        return null;
    };

    private static IReadOnlyList<ConditionReading> DoorOf(IEnumerable<ConditionReading> conditions) =>
        [.. conditions.Where(reading => reading.Condition.Read == Door)];

    [Fact]
    public async Task A_restart_is_verified_when_the_door_opens()
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Says(421, "4.3.2"));
        PutAfter(stage, Says(530, "5.7.57"), change => change is RestartService);

        var verified = Assert.Single((await RunAsync(stage)).OfType<PlanVerified>());

        var seen = Assert.Single(DoorOf(verified.Conditions));
        Assert.Equal(("alive", "false", "true", true), (seen.Condition.Path, seen.Before, seen.Now, seen.Holds));
    }

    [Theory]
    [InlineData(421, "4.3.2")]
    [InlineData(421, "4.3.0")]
    [InlineData(452, "4.3.1")]
    public async Task A_restart_after_which_the_door_still_refuses_had_no_effect(int code, string enhanced)
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Says(421, "4.3.2"));
        PutAfter(stage, Says(code, enhanced), change => change is RestartService);

        var ending = Assert.IsType<PlanHadNoEffect>((await RunAsync(stage))[^1]);

        Assert.Equal("false", Assert.Single(DoorOf(ending.Unmet)).Now);
    }

    [Fact]
    public async Task A_door_that_is_not_seen_afterwards_is_no_success()
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Says(421, "4.3.2"));
        stage.Exchange.OnSend = change =>
        {
            if (change is RestartService)
                stage.Exchange.Hidden[Door] = NotSeenReason.TimedOut;
            return null;
        };

        var ending = Assert.IsType<PlanHadNoEffect>((await RunAsync(stage))[^1]);

        Assert.Null(Assert.Single(DoorOf(ending.Unmet)).Now);
    }

    [Fact]
    public async Task A_reset_alone_is_not_held_to_the_door_which_opens_with_the_restart()
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Says(421, "4.3.2"));

        var verified = Assert.Single((await RunAsync(stage, Stage.Reset)).OfType<PlanVerified>());

        Assert.Empty(DoorOf(verified.Conditions));
    }

    [Theory]
    [InlineData(NotSeenReason.TimedOut)]
    [InlineData(NotSeenReason.NoEndpoint)]
    public async Task A_door_out_of_reach_is_no_condition(NotSeenReason reason)
    {
        using var stage = new Stage();
        stage.Exchange.Hidden[Door] = reason;

        var verified = Assert.Single((await RunAsync(stage)).OfType<PlanVerified>());

        Assert.Empty(DoorOf(verified.Conditions));
    }

    [Fact]
    public async Task A_refused_connection_to_a_running_service_is_a_firewall_and_no_condition()
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Closed);

        var verified = Assert.Single((await RunAsync(stage)).OfType<PlanVerified>());

        Assert.Empty(DoorOf(verified.Conditions));
    }

    [Fact]
    public async Task The_closed_door_of_a_stopped_service_must_open_with_its_start()
    {
        using var opening = new Stage();
        opening.Exchange.SetService(StandIn.Ex03, WindowsService.Transport, ServiceStatus.Stopped);
        opening.Exchange.Put(Door, Closed);
        PutAfter(opening, Says(530, "5.7.1"), change => change is StartService);
        using var staying = new Stage();
        staying.Exchange.SetService(StandIn.Ex03, WindowsService.Transport, ServiceStatus.Stopped);
        staying.Exchange.Put(Door, Closed);

        Assert.True(Assert.Single(DoorOf(Assert.Single((await RunAsync(opening, Start)).OfType<PlanVerified>()).Conditions)).Holds);
        Assert.Single(DoorOf(Assert.IsType<PlanHadNoEffect>((await RunAsync(staying, Start))[^1]).Unmet));
    }

    [Fact]
    public async Task What_the_door_says_moves_and_is_no_precondition()
    {
        using var stage = new Stage();
        stage.Exchange.Put(Door, Says(421, "4.3.2"));

        var plan = await stage.PlanAsync();

        Assert.DoesNotContain(plan.Preconditions, condition => condition.Read == Door);
    }
}
