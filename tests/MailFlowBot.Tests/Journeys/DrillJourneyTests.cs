using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Journeys;

/// <summary>Every drill from the report to its end, over the real codec, scored against the drill's own expectation.</summary>
public sealed class DrillJourneyTests
{
    public static TheoryData<string, string> Drills()
    {
        var rows = new TheoryData<string, string>();
        foreach (var drill in Remote.Simulation.Drills.All)
        {
            rows.Add(drill.Name, "en");
            rows.Add(drill.Name, "ja");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Drills))]
    public async Task Every_drill_is_found_planned_or_refused_as_its_table_says(string name, string language)
    {
        var drill = Remote.Simulation.Drills.Named(name)!;
        await using var journey = await Journey.BeginAsync(name);
        await journey.SayAsync(Cast.Alice, DrillRun.Report(drill, language));
        var incident = await journey.IncidentAsync();

        Assert.Empty(journey.Faults);
        Assert.Equal(language, incident.Language);
        if (DrillReports.Cause(drill) is { } cause)
            Assert.Equal(cause, incident.Diagnosis!.Findings[0].Headline.Id);
        Assert.All(DrillScore.OfReport(drill.Expected, incident), check => Assert.Equal(check.Expected, check.Seen));
    }

    [Theory]
    [InlineData("transport-inactive", 1)]
    [InlineData("dag-peer", 1)]
    [InlineData("transport-stopped", 1)]
    [InlineData("not-restarted", 1)]
    [InlineData("legacy-routing-permissions", 1)]
    [InlineData("forgotten-last-line", 2)]
    [InlineData("setup-leftover", 2)]
    public async Task An_approved_plan_is_carried_out_verified_and_holds(string name, int approvals)
    {
        await using var journey = await Journey.BeginAsync(name);
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named(name)!, "en"));
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        if (approvals == 2)
        {
            Assert.Equal(IncidentState.AwaitingApproval, (await journey.IncidentAsync()).State);
            await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);
        }

        var incident = await journey.IncidentAsync();
        Assert.Empty(journey.Faults);
        Assert.Equal(IncidentState.Held, incident.State);
        Assert.Equal("verified", incident.Execution!.Outcome);
        Assert.All(incident.Execution.Conditions, condition => Assert.True(condition.Holds));
        Assert.NotNull(incident.Execution.AgentSignature);
    }

    [Theory]
    [InlineData("transport-inactive")]
    [InlineData("transport-stopped")]
    [InlineData("not-restarted")]
    public async Task Transport_is_verified_at_port_2525(string name)
    {
        await using var journey = await Journey.BeginAsync(name);
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named(name)!, "en"));
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);

        var incident = await journey.IncidentAsync();
        var door = Assert.Single(incident.Execution!.Conditions, condition => condition.Read.EndsWith("smtp-probe-2525", StringComparison.Ordinal));
        Assert.Equal(("alive", "false", "true", true), (door.Path, door.Before, door.After, door.Holds));
        Assert.DoesNotContain("SMTP on port 2525", journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_alone_says_that_port_2525_was_not_looked_at()
    {
        await using var journey = await Journey.BeginAsync("no-windows-endpoint");
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named("no-windows-endpoint")!, "en"));
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);

        Assert.Equal("verified", (await journey.IncidentAsync()).Execution!.Outcome);
        Assert.Contains("SMTP on port 2525", journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_requesters_take_two_plans_and_the_second_takes_two_approvals()
    {
        await using var journey = await Journey.BeginAsync("two-requesters");
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named("two-requesters")!, "en"));
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        var between = await journey.IncidentAsync();
        Assert.Equal(IncidentState.AwaitingApproval, between.State);
        Assert.Equal("B", between.Plan!.Class);
        Assert.Contains("-Requester Maintenance", between.Plan.Steps[0].Command, StringComparison.Ordinal);
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);
        Assert.Equal(IncidentState.Held, (await journey.IncidentAsync()).State);
    }

    [Fact]
    public async Task A_drift_between_card_and_click_is_refused_with_the_difference_and_a_new_plan()
    {
        await using var journey = await Journey.BeginAsync("drift");
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named("drift")!, "en"));
        var first = (await journey.IncidentAsync()).Plan!;
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        var incident = await journey.IncidentAsync();
        Assert.True(incident.Former is { Outcome: "drifted" }, string.Join("\n", incident.Events.Select(recorded => recorded.Event.ToString()!)));
        Assert.Contains(incident.Former.Conditions, condition => condition.Path == "HubTransport/entries" && condition.Before != condition.After);
        Assert.DoesNotContain(incident.Events, recorded => recorded.Event is StepStarted);
        Assert.NotEqual(first.Digest, incident.Plan!.Digest);
        Assert.Equal("B", incident.Plan.Class);
        Assert.Equal("drift", incident.Refusal);
        Assert.Equal(IncidentState.AwaitingApproval, incident.State);
    }

    [Theory]
    [InlineData("smtp-verbs")]
    [InlineData("legacy-routing-hierarchy")]
    [InlineData("legacy-routing-deny")]
    public async Task What_only_people_can_do_is_steps_and_no_button(string name)
    {
        await using var journey = await Journey.BeginAsync(name);
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named(name)!, "en"));

        var incident = await journey.IncidentAsync();
        Assert.Equal(IncidentState.Runbook, incident.State);
        Assert.NotEmpty(incident.Diagnosis!.Runbook);
        Assert.NotNull(incident.Diagnosis.Ask);
        Assert.DoesNotContain(ClickVerbs.Approve, journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task Entries_pasted_after_the_report_are_compared_with_the_list_and_still_bring_no_plan(string language)
    {
        await using var journey = await Journey.BeginAsync("legacy-routing-deny");
        await journey.SayAsync(Cast.Alice, DrillRun.Report(Remote.Simulation.Drills.Named("legacy-routing-deny")!, language));
        var before = await journey.IncidentAsync();
        Assert.DoesNotContain(before.Diagnosis!.Findings[0].Evidence, evidence => evidence.Id == "legacy-routing.paste-store-denied");

        await journey.SayAsync(Cast.Alice, DrillReports.DeniedEntries);

        var incident = await journey.IncidentAsync();
        Assert.Equal((before.Id, language), (incident.Id, incident.Language));
        var finding = incident.Diagnosis!.Findings[0];
        Assert.Equal("legacy-routing.headline-store-rights", finding.Headline.Id);
        var compared = Assert.Single(finding.Evidence, evidence => evidence.Id == "legacy-routing.paste-store-denied");
        Assert.Equal("Store Read only Access", compared.Args["rights"]);
        Assert.Null(incident.Plan);
    }
}
