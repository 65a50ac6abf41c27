using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Terminal;
using MailFlowBot.Tests.Journeys;

namespace MailFlowBot.Tests.Channels.Terminal;

public sealed class TerminalSessionTests
{
    private const string Report = "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active";

    [Fact]
    public async Task A_script_runs_from_the_report_to_the_verified_fix()
    {
        var (all, output) = await RunAsync($"{Report}\n/as bob\n/click Approve reason=\"EX03 is mine\"\n/json\n/quit\nnever said");
        Assert.True(all);
        Assert.Contains("Verified and held", output, StringComparison.Ordinal);
        Assert.DoesNotContain("never said", output, StringComparison.Ordinal);
        var json = JsonNode.Parse(output[output.IndexOf("\n{", StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)])!;
        Assert.Equal("held", (string?)json["mailflowbot"]!["state"]);
        Assert.Equal("component_inactive", (string?)json["mailflowbot"]!["finding"]!["class"]);
        Assert.Equal("A", (string?)json["mailflowbot"]!["class"]);
    }

    [Theory]
    [InlineData("/click 承認 reason=同意")]
    [InlineData("/click approve reason=same in any case")]
    public async Task A_button_is_found_by_its_title_in_either_language(string click)
    {
        var (all, output) = await RunAsync($"{Report}\n/as bob\n{click}");
        Assert.True(all);
        Assert.Contains("Approved by bob", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_click_is_carried_out_and_prints_its_code()
    {
        var (all, output) = await RunAsync($"{Report}\n/click Approve reason=mine");
        Assert.True(all);
        Assert.Contains("refused: own-request", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/click Approve reason=x")]
    [InlineData("/drill healthy\nhow are you EX03\n/click Approve")]
    [InlineData("/as mallory")]
    [InlineData("/fly")]
    [InlineData("/json")]
    public async Task A_line_that_cannot_be_carried_out_is_said_and_fails_the_script(string script)
    {
        var (all, output) = await RunAsync(script);
        Assert.False(all);
        Assert.Contains("cannot: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_runs_on_until_the_next_field() =>
        Assert.Equal(
            [("reason", "asked the owner"), ("note", "two words")],
            ClickFields.Parse("reason=\"asked the owner\" note=two words"));

    private static async Task<(bool All, string Output)> RunAsync(string script)
    {
        await using var journey = await Journey.BeginAsync();
        using var output = new StringWriter();
        var channel = new TerminalChannel(output);
        journey.Bot.Add(channel);
        var session = new TerminalSession(
            channel, journey.Bot.Inbox, journey.Bot.Backlog.WhenIdleAsync, journey.Bot.Log, output, Cast.Alice, language: null);
        using var input = new StringReader(script);
        var all = await session.RunAsync(input, echo: true, CancellationToken.None);
        return (all, output.ToString());
    }
}
