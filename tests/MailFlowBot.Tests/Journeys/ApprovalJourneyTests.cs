using MailFlowBot.Approvals;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.Journeys;

public sealed class ApprovalJourneyTests
{
    private const string Symptom = "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active";

    [Fact]
    public async Task A_hundred_clicks_at_once_make_exactly_one_execution()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var clicks = new List<IncomingClick>();
        for (var number = 0; number < 100; number++)
            clicks.Add(await journey.ButtonAsync(number % 2 == 0 ? Cast.Bob : Cast.Carol, ClickVerbs.Approve, "now"));
        var answers = await Task.WhenAll(clicks.Select(click => Task.Run(() => journey.Bot.Inbox.Click(click, CancellationToken.None))));
        await journey.Bot.Backlog.WhenIdleAsync();

        var incident = await journey.IncidentAsync();
        Assert.Equal(1, answers.Count(answer => answer.Refusal is null));
        Assert.Equal(99, incident.Events.Count(recorded => recorded.Event is ClickRefused));
        Assert.Single(incident.Events, recorded => recorded.Event is GrantIssued);
        Assert.Equal(2, incident.Events.Count(recorded => recorded.Event is StepStarted));
        Assert.Equal(IncidentState.Held, incident.State);
    }

    [Theory]
    [InlineData("alice", "own-request")]
    [InlineData("dave", "guest")]
    public async Task Who_asked_and_who_is_a_guest_may_not_approve(string name, string code)
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var answer = await journey.ClickAsync(Cast.Find(name)!, ClickVerbs.Approve);
        Assert.Equal(code, answer.Refusal);
        Assert.Contains("bob", answer.Text, StringComparison.Ordinal);
        Assert.Contains((await journey.IncidentAsync()).Events, recorded => recorded.Event is ClickRefused refused && refused.Code == code);
    }

    [Fact]
    public async Task An_approver_who_reported_it_may_not_approve_it()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Bob, Symptom);
        Assert.Equal("own-request", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve)).Refusal);
        Assert.Null((await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve)).Refusal);
    }

    [Fact]
    public async Task A_changed_digest_or_token_is_refused()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        Assert.Equal("tampered", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve, change: values => values["d"] = new string('0', 64))).Refusal);
        Assert.Equal("tampered", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve, change: values => values["t"] = "forged")).Refusal);
        Assert.Equal("tampered", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve, change: values => values.Remove("t"))).Refusal);
        Assert.Equal("unknown-incident", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve, change: values => values["i"] = "INC-999")).Refusal);
        Assert.Equal("tampered", (await journey.ClickAsync(Cast.Bob, "fix.everything")).Refusal);
        Assert.Equal(IncidentState.AwaitingApproval, (await journey.IncidentAsync()).State);
    }

    [Fact]
    public async Task A_reason_is_needed()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        Assert.Equal("reason-missing", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve, reason: "  ")).Refusal);
    }

    [Fact]
    public async Task A_click_from_another_thread_or_on_a_copied_card_is_refused()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var click = await journey.ButtonAsync(Cast.Bob, ClickVerbs.Approve, "now");
        var foreign = await journey.Bot.Inbox.Click(click with { Conversation = Journey.Thread with { Thread = "thread-2" } }, CancellationToken.None);
        var copied = await journey.Bot.Inbox.Click(click with { CardMessage = "card-77" }, CancellationToken.None);
        Assert.Equal("other-conversation", foreign.Refusal);
        Assert.Equal("other-card", copied.Refusal);
    }

    [Fact]
    public async Task A_rejected_plan_is_not_carried_out()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var button = await journey.ButtonAsync(Cast.Carol, ClickVerbs.Approve, "late");
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Reject, "not now");
        var incident = await journey.IncidentAsync();
        Assert.Equal((IncidentState.Refused, "rejected"), (incident.State, incident.Refusal));
        Assert.Equal("already-decided", (await journey.Bot.Inbox.Click(button, CancellationToken.None)).Refusal);
        Assert.DoesNotContain(incident.Events, recorded => recorded.Event is StepStarted);
    }

    [Fact]
    public async Task A_plan_that_a_newer_one_followed_is_refused_as_superseded()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var old = await journey.ButtonAsync(Cast.Bob, ClickVerbs.Approve, "old card");
        await journey.SayAsync(Cast.Alice, "EX03 still says 421 4.3.2 Service not active");
        Assert.Equal("superseded", (await journey.Bot.Inbox.Click(old, CancellationToken.None)).Refusal);
        Assert.Equal(IncidentState.AwaitingApproval, (await journey.IncidentAsync()).State);
    }

    [Fact]
    public async Task An_expired_plan_is_refused_at_its_very_second()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var incident = await journey.IncidentAsync();
        var click = await journey.ButtonAsync(Cast.Bob, ClickVerbs.Approve, "late");
        var access = Journey.Settings(journey.Folder).Access;
        Ruling At(DateTimeOffset now) => ApprovalRequest.Decide(incident, click, access, frozen: false, requireReason: true, now);
        Assert.IsType<Ruling.Approved>(At(incident.Plan!.Expires.AddTicks(-1)));
        Assert.Equal(new Ruling.Refused("expired"), At(incident.Plan.Expires));
    }

    [Fact]
    public async Task What_got_worse_is_said_and_the_way_back_is_a_plan_of_its_own_for_two_people()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        // While the change is made, another service of the server goes down.
        journey.Bot.Log.Appended += incident =>
        {
            if (incident.Events[^1].Event is StepStarted { Index: 0 })
                ((SimulatedBackend)journey.Bot.Backend).Organization.Apply(new ServiceStopped(TimeSpan.Zero, new ServerName("EX03"), WindowsService.FrontEndTransport));
        };
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        var worse = await journey.IncidentAsync();
        Assert.Equal("worse", worse.Former!.Outcome);
        Assert.Equal(("inverse", "B", 2), (worse.Plan!.Kind, worse.Plan.Class, worse.Plan.Quorum));
        Assert.Contains("-Requester Functional -State Inactive", Assert.Single(worse.Plan.Steps).Command, StringComparison.Ordinal);

        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);
        Assert.Equal("verified", (await journey.IncidentAsync()).Execution!.Outcome);
    }

    [Fact]
    public async Task A_freeze_stops_approvals_until_two_people_lift_it()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, Symptom);
        var planned = await journey.ButtonAsync(Cast.Bob, ClickVerbs.Approve, "go");
        await journey.SayAsync(Cast.Carol, "freeze not tonight");
        Assert.Equal("frozen", (await journey.Bot.Inbox.Click(planned, CancellationToken.None)).Refusal);
        await journey.SayAsync(Cast.Alice, "status");
        Assert.Contains("FROZEN", journey.Channel.Replies[^1], StringComparison.Ordinal);

        await journey.SayAsync(Cast.Alice, "lift");
        Assert.Null((await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve)).Refusal);
        Assert.Equal(IncidentState.AwaitingApproval, (await journey.IncidentAsync()).State);
        Assert.Equal("already-approved-by-you", (await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve)).Refusal);
        await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);
        Assert.Equal("verified", (await journey.IncidentAsync()).Execution!.Outcome);
        await journey.SayAsync(Cast.Alice, "status");
        Assert.DoesNotContain("FROZEN", journey.Channel.Replies[^1], StringComparison.Ordinal);
        Assert.Null((await journey.Bot.Inbox.Click(planned, CancellationToken.None)).Refusal);
        await journey.Bot.Backlog.WhenIdleAsync();
    }
}
