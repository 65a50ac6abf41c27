using MailFlowBot.Cards;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Journeys;

/// <summary>Where the organisation is real and nobody has shown who they are, a plan is commands to read and nothing to press.</summary>
public sealed class ReadOnlyJourneyTests
{
    [Fact]
    public async Task A_plan_is_shown_as_commands_without_a_button_and_with_the_reason()
    {
        await using var journey = await Journey.BeginAsync(change: settings => settings with { ReadOnly = true });
        await journey.SayAsync(Cast.Alice, "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active");

        var incident = await journey.IncidentAsync();
        var card = journey.Channel.NewestCard.ToJsonString();
        Assert.Empty(journey.Faults);
        Assert.Equal((IncidentState.Findings, "read-only"), (incident.State, incident.Refusal));
        Assert.Contains("Set-ServerComponentState -Identity EX03 -Component HubTransport", card, StringComparison.Ordinal);
        Assert.Contains("Teams registration", card, StringComparison.Ordinal);
        Assert.DoesNotContain(ClickVerbs.Approve, card, StringComparison.Ordinal);
        var summary = IncidentSummaryOf.Json(incident);
        Assert.False((bool)summary["plan"]!["open"]!);
        Assert.NotEmpty(summary["plan"]!["steps"]!.AsArray());
    }

    [Fact]
    public async Task A_click_that_was_made_up_is_refused()
    {
        await using var journey = await Journey.BeginAsync(change: settings => settings with { ReadOnly = true });
        await journey.SayAsync(Cast.Alice, "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active");

        var answer = await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);

        Assert.Equal("read-only", answer.Refusal);
        Assert.DoesNotContain((await journey.IncidentAsync()).Events, recorded => recorded.Event is DecisionTaken or GrantIssued);
    }
}
