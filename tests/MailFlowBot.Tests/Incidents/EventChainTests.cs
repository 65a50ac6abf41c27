using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Incidents;

public sealed class EventChainTests
{
    private static readonly IncidentId Id = new(7);

    [Fact]
    public void The_hash_is_over_the_canonical_bytes_of_event_place_time_and_previous_hash()
    {
        var at = new DateTimeOffset(2026, 3, 14, 11, 40, 0, 123, TimeSpan.FromHours(9));

        var recorded = EventChain.Link(Id, null, at, new CardShown("1:é\n"));

        var canonical =
            """{"at":"2026-03-14T02:40:00.1230000Z","event":{"messageId":"1:é\n","type":"card-shown"},"incident":"INC-7","""
            + $"\"previousHash\":\"{new string('0', 64)}\",\"sequence\":1}}";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), recorded.Hash);
        Assert.Equal(TimeSpan.Zero, recorded.At.Offset);
    }

    [Fact]
    public void Each_event_names_the_hash_of_the_one_before()
    {
        var log = Happenings.Log(Id, Happenings.Opened(), Happenings.Note("one"), Happenings.Note("two"));

        Assert.Equal(EventChain.Start, log[0].PreviousHash);
        Assert.Equal(log[0].Hash, log[1].PreviousHash);
        Assert.Equal(log[1].Hash, log[2].PreviousHash);
        Assert.Equal([1, 2, 3], log.Select(recorded => recorded.Sequence));
        Assert.Null(EventChain.Verify(log));
    }

    [Fact]
    public void Names_the_first_event_that_was_changed()
    {
        var log = Happenings.Log(Id, Happenings.Opened(), Happenings.Note("one"), Happenings.Note("two")).ToArray();

        Assert.Equal(new ChainBreak(2, ChainFault.Hash), EventChain.Verify([log[0], log[1] with { Event = Happenings.Note("eins") }, log[2]]));
        Assert.Equal(new ChainBreak(2, ChainFault.Hash), EventChain.Verify([log[0], log[1] with { At = log[1].At.AddTicks(1) }, log[2]]));
        Assert.Equal(new ChainBreak(1, ChainFault.Hash), EventChain.Verify([log[0] with { Hash = log[1].Hash }]));
    }

    [Fact]
    public void Names_the_first_event_that_was_removed_moved_or_taken_from_another_incident()
    {
        var log = Happenings.Log(Id, Happenings.Opened(), Happenings.Note("one"), Happenings.Note("two")).ToArray();
        var other = Happenings.Log(new IncidentId(8), Happenings.Opened(), Happenings.Note("one"));

        Assert.Equal(new ChainBreak(2, ChainFault.Gap), EventChain.Verify([log[0], log[2]]));
        Assert.Equal(new ChainBreak(2, ChainFault.Gap), EventChain.Verify([log[0], log[2], log[1]]));
        Assert.Equal(new ChainBreak(1, ChainFault.Gap), EventChain.Verify([log[1], log[2]]));
        Assert.Equal(new ChainBreak(2, ChainFault.PreviousHash), EventChain.Verify([log[0], other[1], log[2]]));
        Assert.Equal(
            new ChainBreak(2, ChainFault.PreviousHash), EventChain.Verify([log[0], log[1] with { PreviousHash = log[1].Hash }, log[2]]));
    }

    [Fact]
    public void Every_kind_of_event_comes_back_from_its_body_as_it_was()
    {
        foreach (var happened in EveryEvent.All)
        {
            var body = EventChain.Body(happened);
            var back = EventChain.ReadBody(Encoding.UTF8.GetString(body));

            Assert.IsType(happened.GetType(), back);
            Assert.Equal(body, EventChain.Body(back));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_message_is_stored_as_a_replacement_character()
    {
        var recorded = EventChain.Link(Id, null, Happenings.Start, Happenings.Note("a\ud83db"));

        Assert.Contains("a\ufffdb", Encoding.UTF8.GetString(EventChain.Body(recorded.Event)), StringComparison.Ordinal);
        Assert.Null(EventChain.Verify([recorded]));
    }

    [Fact]
    public void A_time_has_one_spelling_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            var text = EventChain.Time(Happenings.Start.AddTicks(7));

            Assert.Equal("2026-03-14T02:40:00.0000007Z", text);
            Assert.True(EventChain.TryReadTime(text, out var at));
            Assert.Equal(Happenings.Start.AddTicks(7), at);
            Assert.False(EventChain.TryReadTime("2026-03-14T02:40:00Z", out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
