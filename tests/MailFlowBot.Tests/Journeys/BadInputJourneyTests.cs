using System.Diagnostics;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Storage;

namespace MailFlowBot.Tests.Journeys;

public sealed class BadInputJourneyTests
{
    public static TheoryData<string, string> Hostile() => new()
    {
        { "a mention and markup", "<at>everyone</at> EX03 **bold** ![x](http://127.0.0.1:9/i.png) <script>alert(1)</script>" },
        { "a template expression", "EX03 {{DATE(2020-01-01T00:00:00Z)}} 421 4.3.2 Service not active" },
        { "bidirectional controls", "EX03 \u202Eevitcani si \u2066HubTransport\u2069 Inactive" },
        { "a hundred thousand repetitions", string.Concat(Enumerable.Repeat("EX01 ", 100_000)) },
        { "a megabyte", new string('x', 1_000_000) },
        { "binary", string.Concat(Enumerable.Range(0, 2_000).Select(code => (char)code)) },
        { "lone surrogates", "EX03 \uD800\uD800\uDC00 \uDFFF" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_text_is_answered_in_bounded_time_and_never_as_markup(string what, string text)
    {
        await using var journey = await Journey.BeginAsync();
        var watch = Stopwatch.StartNew();
        await journey.SayAsync(Cast.Alice, text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{what} took {watch.Elapsed}");
        Assert.Empty(journey.Faults);
        var card = journey.Channel.NewestCard.ToJsonString();
        Assert.DoesNotContain("<script", card, StringComparison.Ordinal);
        Assert.DoesNotContain("![x]", card, StringComparison.Ordinal);
        Assert.DoesNotContain("{{DATE", card, StringComparison.Ordinal);
        Assert.True(card.Length < 100_000, $"the card has {card.Length} characters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("\u0000\u0001")]
    public async Task An_empty_message_gets_three_lines_of_help_and_no_incident(string text)
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, text);
        Assert.Equal(3, Assert.Single(journey.Channel.Replies).Split('\n').Length);
        Assert.Empty(await journey.Bot.Store.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_unknown_server_is_named_with_the_nearest_one_and_nothing_is_checked()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, "users on EX07 say mail stays in Outbox, 421 4.3.2 Service not active");
        var incident = await journey.IncidentAsync();
        Assert.Equal("EX07", Assert.Single(incident.Reading!.UnknownServers).Args["name"]);
        Assert.DoesNotContain(incident.Events, recorded => recorded.Event is CheckStarted);
        Assert.Contains("not in the inventory", journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_an_unknown_server_names_the_nearest_one()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, "check EX09");
        Assert.StartsWith("EX09 is not in the inventory. Nearest name: EX0", Assert.Single(journey.Channel.Replies), StringComparison.Ordinal);
        Assert.Empty(await journey.Bot.Store.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_fault_of_the_bot_itself_is_said_in_the_thread()
    {
        await using var journey = await Journey.BeginAsync();
        journey.Bot.Log.Appended += incident =>
        {
            if (incident.Events[^1].Event is CheckStarted)
                throw new InvalidOperationException("a broken part");
        };
        await journey.SayAsync(Cast.Alice, "users on EX03 say mail stays in Outbox, 421 4.3.2 Service not active");
        Assert.Contains(journey.Channel.Replies, reply => reply.Contains("INC-1 broke off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_while_a_fix_is_followed_says_that_nothing_is_sent_again()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, "users on EX03 say mail stays in Outbox, 421 4.3.2 Service not active");
        journey.Bot.Log.Appended += incident =>
        {
            if (incident.Events[^1].Event is StepStarted)
                throw new InvalidOperationException("a broken part");
        };
        await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
        Assert.Contains(journey.Channel.Replies, reply => reply.Contains("not sent again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_hears_one_neutral_sentence()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Dave, "users on EX03 say mail stays in Outbox");
        Assert.Single(journey.Channel.Replies);
        Assert.Empty(await journey.Bot.Store.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_pasted_secret_is_masked_everywhere_and_the_writer_is_told()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, "EX03 421 4.3.2 Service not active, password=Hunter2Hunter2");
        var incident = await journey.IncidentAsync();
        Assert.All(incident.Events, recorded => Assert.DoesNotContain("Hunter2", recorded.Event.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("Hunter2", journey.Channel.NewestCard.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(journey.Channel.Replies, reply => reply.Contains("rotate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_approve_nothing_and_say_where_the_button_is()
    {
        await using var journey = await Journey.BeginAsync();
        await journey.SayAsync(Cast.Alice, "users on EX03 say mail stays in Outbox, 421 4.3.2 Service not active");
        await journey.SayAsync(Cast.Bob, "承認お願いします");
        Assert.Contains("bob", journey.Channel.Replies[^1], StringComparison.Ordinal);
        Assert.Equal(IncidentState.AwaitingApproval, (await journey.IncidentAsync()).State);
    }

    [Fact]
    public async Task A_damaged_store_is_refused_and_not_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("mailflowbot-");
        var path = Path.Combine(folder.FullName, "incidents.db");
        await File.WriteAllTextAsync(path, "this is not a database");
        var fault = await Assert.ThrowsAsync<StoreUnusable>(() =>
            Bot.OpenAsync(Journey.Settings(folder.FullName), (_, _) => { }, CancellationToken.None));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Equal("this is not a database", await File.ReadAllTextAsync(path));
        folder.Delete(recursive: true);
    }
}
