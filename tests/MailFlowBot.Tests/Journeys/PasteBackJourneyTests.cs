using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Journeys;

public sealed class PasteBackJourneyTests
{
    private static readonly Statement Headline = new(
        "smtp-verbs.headline", new Dictionary<string, string> { ["server"] = "EX03" });

    private static readonly DiagnosisMade StepsForPeople = new(
        [new FindingMade("legacy_smtp_verbs", "EX03", "explains", 0.6, "KB822939", "Cause", Headline, [], [], [])],
        Refusal: null,
        Ask: new Statement("smtp-verbs.paste-back", new Dictionary<string, string> { ["server"] = "EX03", ["command"] = "reg query" }),
        Runbook: [new Statement("smtp-verbs.step-migrate", new Dictionary<string, string> { ["server"] = "EX03" })]);

    [Fact]
    public async Task Steps_for_people_with_something_to_paste_show_a_box_and_no_approval()
    {
        await using var journey = await BeginAsync();

        Assert.Equal(IncidentState.Runbook, (await journey.IncidentAsync()).State);
        Assert.True((bool)Box(journey)!["isMultiline"]!);
        Assert.DoesNotContain(ClickVerbs.Approve, journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pasted_into_the_box_is_read_with_what_was_said_before_in_the_same_incident()
    {
        await using var journey = await BeginAsync();
        var before = await journey.IncidentAsync();

        var answer = await journey.ClickAsync(Cast.Alice, ClickVerbs.Paste, change: values => values["paste"] = "421 4.3.2 Service not active");

        var after = await journey.IncidentAsync();
        Assert.Null(answer.Refusal);
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(2, after.Events.Count(recorded => recorded.Event is MessageHeard));
        // The server stands in the first message, the code in the second.
        var read = after.Events.Select(recorded => recorded.Event).OfType<SymptomRead>().Last();
        Assert.Equal(["EX03"], read.Servers);
        Assert.Equal("component_inactive", read.Class);
        Assert.Null(Box(journey));
        Assert.Empty(journey.Faults);
    }

    [Fact]
    public async Task A_message_in_the_thread_is_taken_as_the_answer_too()
    {
        await using var journey = await BeginAsync();
        var before = await journey.IncidentAsync();

        await journey.SayAsync(Cast.Bob, "421 4.3.2 Service not active");

        Assert.Equal(before.Id, (await journey.IncidentAsync()).Id);
    }

    [Theory]
    [InlineData(null, "paste-missing")]
    [InlineData("  ", "paste-missing")]
    public async Task An_empty_box_is_refused(string? text, string code)
    {
        await using var journey = await BeginAsync();

        var answer = await journey.ClickAsync(Cast.Alice, ClickVerbs.Paste, change: values =>
        {
            if (text is not null)
                values["paste"] = text;
        });

        Assert.Equal(code, answer.Refusal);
    }

    [Fact]
    public async Task A_box_of_an_old_card_a_guest_and_another_thread_are_refused()
    {
        await using var journey = await BeginAsync();
        void Typed(Dictionary<string, string> values) => values["paste"] = "421 4.3.2";

        Assert.Equal("not-a-reader", (await journey.ClickAsync(Cast.Dave, ClickVerbs.Paste, change: Typed)).Refusal);
        var click = await journey.ButtonAsync(Cast.Alice, ClickVerbs.Paste, null, Typed);
        var elsewhere = await journey.Bot.Inbox.Click(click with { Conversation = new Conversation("recorded", "thread-2") }, CancellationToken.None);
        Assert.Equal("not-a-reader", elsewhere.Refusal);
        await journey.ClickAsync(Cast.Alice, ClickVerbs.Paste, change: Typed);
        Assert.Equal("superseded", (await journey.ClickAsync(Cast.Alice, ClickVerbs.Paste, change: Typed)).Refusal);
    }

    private static async Task<Journey> BeginAsync()
    {
        var journey = await Journey.BeginAsync("healthy");
        await journey.SayAsync(Cast.Alice, "EX03: mail stays in Outbox");
        await journey.Bot.Log.AppendAsync((await journey.IncidentAsync()).Id, StepsForPeople, CancellationToken.None);
        await journey.Bot.Backlog.WhenIdleAsync();
        return journey;
    }

    private static JsonObject? Box(Journey journey) =>
        journey.Channel.NewestCard["body"]!.AsArray().OfType<JsonObject>().FirstOrDefault(element => (string?)element["id"] == "paste");
}
