using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Testing;
using MailFlowBot.Tests.Journeys;

namespace MailFlowBot.Tests.Cards;

public sealed class CardSchemaTests
{
    [SkippableTheory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task Every_version_of_every_drills_card_is_valid_against_the_published_schema(string language)
    {
        var schema = References.Path("data/channel/adaptive-card-1.5.schema.json");
        Skip.If(JsonSchema.Missing is not null && !References.InCi, JsonSchema.Missing);
        var cards = new List<string>();
        await using var journey = await Journey.BeginAsync();
        foreach (var drill in Drills.All)
        {
            var thread = new Conversation("recorded", drill.Name);
            await journey.SayAsync(Cast.Alice, "drill " + drill.Name, thread);
            await journey.SayAsync(Cast.Alice, language == "ja" ? $"{drill.Server} でメールが送信トレイに滞留しています" : $"mail stays in Outbox on {drill.Server}", thread);
            await journey.ClickAsync(Cast.Alice, ClickVerbs.Approve);
            await journey.ClickAsync(Cast.Bob, ClickVerbs.Approve);
            await journey.ClickAsync(Cast.Carol, ClickVerbs.Approve);
        }

        cards.AddRange(journey.Channel.Shown.Select(WithoutTeams));
        Assert.Empty(journey.Faults);
        Assert.True(cards.Count > 2 * Drills.All.Count, $"Only {cards.Count} versions of cards were shown.");
        Assert.Empty(await JsonSchema.BreachesAsync(schema, cards));
        Assert.NotEmpty(await JsonSchema.BreachesAsync(schema, cards[0].Replace("\"TextBlock\"", "\"TextBrick\"", StringComparison.Ordinal)));
        Assert.All(cards, card => Assert.Equal("1.5", JsonNode.Parse(card)!["version"]!.GetValue<string>()));
    }

    // "msteams" (full width) is Teams' own and not in the schema of the format.
    private static string WithoutTeams(string card)
    {
        var all = JsonNode.Parse(card)!.AsObject();
        all.Remove("msteams");
        return all.ToJsonString();
    }
}
