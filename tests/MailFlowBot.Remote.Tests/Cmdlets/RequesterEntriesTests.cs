using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class RequesterEntriesTests
{
    private static readonly DateTimeOffset At = new(2021, 9, 28, 17, 32, 1, TimeSpan.Zero);

    private static RequesterEntry Read(object? item) => Assert.Single(RequesterEntries.Read([item]));

    [Theory]
    [InlineData("Requestor:Functional; State:Active; Timestamp:9/28/2021 5:32:01 PM", "Functional", ComponentState.Active)]
    [InlineData("Requester:Maintenance; State:Inactive; Timestamp:9/28/2021 5:32:01 PM", "Maintenance", ComponentState.Inactive)]
    [InlineData("requestor:HealthApi;State:draining;Timestamp:9/28/2021 5:32:01\u202FPM", "HealthAPI", ComponentState.Draining)]
    [InlineData(" Requestor: Sidelined ; State: Inactive ; Timestamp: 9/28/2021 5:32:01\u00A0PM ", "Sidelined", ComponentState.Inactive)]
    public void Reads_requester_state_and_utc_time_of_the_text_form(string text, string requester, ComponentState state)
    {
        var entry = Read(text);

        Assert.Equal(new Requester(requester), entry.Requester);
        Assert.Equal(state, entry.State);
        Assert.Equal(At, entry.At);
    }

    [Theory]
    [InlineData("28.09.2021 17:32:01")]
    [InlineData("28/09/2021 17:32:01")]
    [InlineData("2021/09/28 17:32:01")]
    [InlineData("9/28/2021 17:32:01")]
    [InlineData("9/28/2021 5:32 PM")]
    [InlineData("13/13/2021 5:32:01 PM")]
    [InlineData("yesterday")]
    public void A_time_of_another_culture_is_kept_as_text_and_not_guessed(string time)
    {
        var entry = Read($"Requestor:Functional; State:Inactive; Timestamp:{time}");

        Assert.Null(entry.At);
        Assert.Equal(time, entry.TimestampText);
        Assert.Equal(Requester.Functional, entry.Requester);
    }

    [Fact]
    public void Reads_the_form_without_labels_but_not_its_time()
    {
        var entry = Read("Maintenance:Inactive:11/21/2026 19:53:00");

        Assert.Equal(Requester.Maintenance, entry.Requester);
        Assert.Equal(ComponentState.Inactive, entry.State);
        Assert.Equal("11/21/2026 19:53:00", entry.TimestampText);
        Assert.Null(entry.At);
    }

    [Fact]
    public void Reads_a_whole_object_with_the_text_of_its_time()
    {
        var entry = Read(new PsObject
        {
            Text = "Requestor:Functional; State:Inactive; Timestamp:9/28/2021 5:32:01 PM",
            Adapted = { ["Requester"] = "Functional", ["State"] = "Inactive", ["Timestamp"] = At.UtcDateTime },
        });

        Assert.Equal(new RequesterEntry(Requester.Functional, ComponentState.Inactive, "9/28/2021 5:32:01 PM", At), entry);
    }

    [Fact]
    public void A_whole_object_without_a_text_gets_the_same_form_of_time()
    {
        var entry = Read(new PsObject { Adapted = { ["Requester"] = "Functional", ["State"] = "Inactive", ["Timestamp"] = At.UtcDateTime } });

        Assert.Equal("9/28/2021 5:32:01 PM", entry.TimestampText);
    }

    [Fact]
    public void A_time_without_a_zone_is_no_known_time() =>
        Assert.Null(Read(new PsObject
        {
            Adapted = { ["Requester"] = "Functional", ["State"] = "Inactive", ["Timestamp"] = new DateTime(2021, 9, 28, 17, 32, 1, DateTimeKind.Unspecified) },
        }).At);

    [Theory]
    [InlineData("Microsoft.Exchange.Data.Directory.Management.ServerComponentStatePresentationObject+RequesterDetails")]
    [InlineData("")]
    [InlineData("Requestor:; State:; Timestamp:")]
    [InlineData(null)]
    [InlineData(5)]
    public void What_cannot_be_read_is_an_entry_of_nobody_known(object? item)
    {
        var entry = Read(item);

        Assert.Equal(Requester.NotTold, entry.Requester);
        Assert.Equal(ComponentState.Unknown, entry.State);
        Assert.Null(entry.At);
    }

    [Fact]
    public void An_unknown_state_is_unknown_and_not_active() =>
        Assert.Equal(ComponentState.Unknown, Read("Requestor:Functional; State:Sleeping; Timestamp:9/28/2021 5:32:01 PM").State);
}
