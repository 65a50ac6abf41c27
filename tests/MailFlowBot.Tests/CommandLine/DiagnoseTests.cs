using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MailFlowBot.Cards;
using MailFlowBot.Channels;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.CommandLine;

/// <summary>A diagnosis that is printed and kept nowhere, over the real codec.</summary>
public sealed partial class DiagnoseTests
{
    private const string Report = "EX03: 412 4.3.2 Service not active";

    [Fact]
    public async Task The_documented_example_is_what_is_printed()
    {
        var looked = await LookAsync("transport-inactive", Report + "\n");

        Assert.Equal(Timeless(FormatsExample.After("## diagnose")[0]), Timeless(Json(looked, "en")));
    }

    [Theory]
    [InlineData("healthy", Verbs.Fine)]
    [InlineData("transport-inactive", Verbs.Refusal)]
    [InlineData("maintenance", Verbs.Refusal)]
    [InlineData("back-pressure", Verbs.Refusal)]
    [InlineData("wrong-backend", Verbs.Refusal)]
    public async Task The_exit_tells_whether_something_was_found(string drill, int exit)
    {
        var server = Drills.Named(drill)!.Server;
        var looked = await LookAsync(drill, "mail stays in Outbox", server is { } named ? [named] : []);

        Assert.Equal(exit, DiagnoseVerb.Exit(looked));
    }

    [Fact]
    public async Task What_is_refused_has_its_code_and_no_commands()
    {
        var looked = await LookAsync("maintenance", "EX02: 412 4.3.2 Service not active");

        var json = Json(looked, "en");
        Assert.Equal("maintenance", (string?)json["refusal"]);
        Assert.Null(json["plan"]);
        Assert.DoesNotContain("-State Active", DiagnosisText.Of(looked, Opened("en"), new Words("en", DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "nobody is asked to approve")]
    [InlineData("ja", "確認だけを行いました")]
    public async Task People_read_the_commands_the_guards_and_that_nobody_is_asked(string language, string said)
    {
        var looked = await LookAsync("forgotten-last-line", "EX02: 412 4.3.2 Service not active");

        var text = DiagnosisText.Of(looked, Opened(language), new Words(language, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        Assert.Contains("Set-ServerComponentState -Identity EX02 -Component HubTransport -Requester Maintenance", text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains(new Words(language, default).Say("guard-effect.raises-to-b"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_question_and_no_sign_of_health()
    {
        var looked = await LookAsync("healthy", "EX77: mail stays in Outbox");

        Assert.Equal(Verbs.Refusal, DiagnoseVerb.Exit(looked));
        Assert.Contains("EX77", (string?)Json(looked, "en")["reading"]!["ask"], StringComparison.Ordinal);
    }

    private static IncidentOpened Opened(string language) =>
        new(Cast.Alice, new Conversation("terminal", "test"), language, "test", Simulated: true, "mentions", null);

    private static async Task<LookOnly.Looked> LookAsync(
        string drill, string text, params ServerName[] servers)
    {
        var time = new JumpingTime();
        var organization = new SimulatedOrganization(time, Drills.Named(drill)!);
        await using var endpoints = new SimulatedEndpoints(organization);
        var look = new LookOnly(endpoints.Reader, time, organization.Servers);
        return await look.RunAsync(text, (await look.NamesAsync(default)).Names, servers, default);
    }

    private static JsonObject Json(LookOnly.Looked looked, string language)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
            DiagnosisJson.Write(writer, looked, new Words(language, DateTimeOffset.UnixEpoch));
        return JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray()))!.AsObject();
    }

    // When something was read, and how long ago it began, is another with every run.
    private static string Timeless(JsonObject json) =>
        Instant().Replace(json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), "TIME");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: UTC|Z)(?:, (?:just now|\d+ [a-z]+ ago))?")]
    private static partial Regex Instant();
}
