using System.Text.Json.Nodes;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>What is different where the organisation is not the bot's own simulation, and the verbs that talk to one endpoint.</summary>
public sealed class RealOrganizationTests(RealOrganizationTests.Fixture fixture) : IClassFixture<RealOrganizationTests.Fixture>
{
    private const string Report = "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active";

    private LabProcess Lab => fixture.Lab;

    [Fact]
    public async Task Without_a_registration_plans_are_commands_to_read_and_drills_are_refused()
    {
        await Lab.CommandAsync("drill transport-inactive");
        using var installation = new Installation(Lab);

        var (exit, output, errors) = await installation.RunAsync("chat", "--script", installation.Script(Report, "drill healthy", "status", "/json", "/as bob", "/click Approve reason=x"));

        Assert.Equal(1, exit);
        Assert.StartsWith("REAL · organisation lab · read-only", output, StringComparison.Ordinal);
        Assert.DoesNotContain("SIMULATION", output + errors, StringComparison.Ordinal);
        Assert.Contains("Set-ServerComponentState -Identity EX03 -Component HubTransport", output, StringComparison.Ordinal);
        Assert.Contains("\"refusal\": \"read-only\"", output, StringComparison.Ordinal);
        Assert.Contains("Drills run only on the simulated organisation.", output, StringComparison.Ordinal);
        Assert.Contains("has no button 'Approve'", output, StringComparison.Ordinal);
        Assert.Contains("Agent:Policy: is not set", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnose_looks_at_the_real_organisation_and_changes_nothing()
    {
        await Lab.CommandAsync("drill transport-inactive");
        using var installation = new Installation(Lab);
        var before = (await Lab.StatusAsync())["changes"]!.AsArray().Count;

        var (exit, output, errors) = await installation.RunAsync("diagnose", "--server", "EX03", "--json");

        Assert.True(exit == 1, errors);
        var json = JsonNode.Parse(output)!;
        Assert.Equal("component_inactive", (string?)json["findings"]![0]!["class"]);
        Assert.Null(json["plan"]!["digest"]);
        Assert.NotEmpty(json["plan"]!["steps"]!.AsArray());
        Assert.Contains("REAL · organisation lab", errors, StringComparison.Ordinal);
        Assert.Equal(before, (await Lab.StatusAsync())["changes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Nobody_is_answered_who_is_not_listed()
    {
        using var installation = new Installation(Lab);
        foreach (var number in (int[])[0, 1, 2])
            installation.Environment.Remove($"MAILFLOWBOT__Access__Readers__{number}");

        var (_, output, errors) = await installation.RunAsync("chat", "--script", installation.Script(Report));

        Assert.DoesNotContain("INC-1", output, StringComparison.Ordinal);
        Assert.Contains("Access:Readers: is not set", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_of_a_plan_its_outcome_is_read_back_and_nothing_is_sent_twice()
    {
        await Lab.CommandAsync("drill transport-inactive");
        using var installation = new Installation(Lab);
        installation.MakeLaboratory();
        var before = (await Lab.StatusAsync())["changes"]!.AsArray().Count;
        await using (var chat = await Chat.BeginAsync(installation))
        {
            await chat.SayAsync(Report);
            await chat.SayAsync("/as bob");
            await chat.TypeAsync("/click Approve reason=agreed");
            await chat.ListenAsync("· running");
            await chat.KillAsync();
        }

        var (exit, _, errors) = await installation.RunAsync("chat", "--script", installation.Script("status"));

        Assert.True(exit == 0, errors);
        var ended = Assert.Single(await installation.EventsAsync("INC-1"), happened => (string)happened["type"]! == "execution-ended");
        Assert.Contains((string)ended["outcome"]!, (string[])["verified", "no-effect", "aborted", "unknown"]);
        var changes = (await Lab.StatusAsync())["changes"]!.AsArray().Skip(before).Select(change => (string)change!).ToList();
        Assert.Equal(changes.Count, changes.Distinct().Count());
    }

    [Fact]
    public async Task Identify_says_who_answers_and_how_one_is_let_in()
    {
        using var installation = new Installation(Lab);

        var (exit, output, errors) = await installation.RunAsync([.. Remote(installation, "identify"), "--json"]);

        Assert.True(exit == 0, errors);
        var said = JsonNode.Parse(output)!;
        Assert.Equal("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd", (string?)said["protocol"]);
        Assert.NotNull((string?)said["vendor"]);
        Assert.NotNull((string?)said["version"]);
        Assert.Contains("Basic", said["authentication"]!.AsArray().Select(offer => (string)offer!));
    }

    [Fact]
    public async Task Invoke_runs_one_read_and_prints_its_fact()
    {
        await Lab.CommandAsync("drill transport-inactive");
        using var installation = new Installation(Lab);

        var (exit, output, errors) = await installation.RunAsync([.. Remote(installation, "invoke"), "ReadComponentStates", "Server=EX03", "--json"]);

        Assert.True(exit == 0, errors);
        var said = JsonNode.Parse(output)!;
        Assert.Equal(("component-states", "EX03"), ((string?)said["operation"], (string?)said["answeredBy"]));
        Assert.NotNull(said["fact"]!["components"]);
    }

    [Theory]
    [InlineData(2, "ReadComponentStates Server=NAME", "Get-Mailbox")]
    [InlineData(2, "takes a plan that a colleague approves", "RestartService", "Server=EX03", "Service=MSExchangeTransport")]
    [InlineData(2, "needs Server=NAME", "ReadQueues")]
    [InlineData(1, "component-states EX99: not seen", "ReadComponentStates", "Server=EX99")]
    public async Task Invoke_refuses_what_it_cannot_read_and_says_why(int expected, string why, params string[] typed)
    {
        using var installation = new Installation(Lab);

        var (exit, output, errors) = await installation.RunAsync([.. Remote(installation, "invoke"), .. typed]);

        Assert.True(exit == expected, $"exit {exit}: {output}{errors}");
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identify")]
    [InlineData("invoke", "ReadInventory")]
    public async Task A_wrong_password_is_tried_once_and_never_printed(string verb, params string[] typed)
    {
        using var installation = new Installation(Lab);
        var before = (int)(await Lab.StatusAsync())["wrongPasswords"]!;
        installation.Environment["LAB_PASSWORD"] = "not-the-password";

        var (exit, output, errors) = await installation.RunAsync([.. Remote(installation, verb), .. typed]);

        Assert.Equal(1, exit);
        Assert.DoesNotContain("not-the-password", output + errors, StringComparison.Ordinal);
        Assert.Equal(before + 1, (int)(await Lab.StatusAsync())["wrongPasswords"]!);
    }

    [Fact]
    public async Task A_trace_records_the_exchanges_without_a_secret_and_is_never_written_over()
    {
        using var installation = new Installation(Lab);
        var trace = installation.Script() + ".trace";
        string[] typed = [.. Remote(installation, "invoke"), "--trace", trace, "ReadComponentStates", "Server=EX03"];

        var first = await installation.RunAsync(typed);
        var text = await File.ReadAllTextAsync(trace);
        var second = await installation.RunAsync(typed);

        Assert.True(first.Exit == 0, first.Errors);
        Assert.Contains("transfer/Create", text, StringComparison.Ordinal);
        Assert.DoesNotContain(installation.Environment["LAB_PASSWORD"], text, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", text, StringComparison.Ordinal);
        Assert.Equal(2, second.Exit);
        Assert.Equal(text, await File.ReadAllTextAsync(trace));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_exits_3_and_is_named()
    {
        using var installation = new Installation(Lab);

        var (exit, _, errors) = await installation.RunAsync("remote", "identify", "--endpoint", "http://localhost:9/EX01/PowerShell/", "--auth", "none");

        Assert.Equal(3, exit);
        Assert.Contains("localhost:9", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_over_plain_http_to_another_machine_is_wrong_use()
    {
        using var installation = new Installation(Lab);

        var (exit, _, errors) = await installation.RunAsync(
            "remote", "invoke", "--endpoint", "http://ex01.contoso.example/PowerShell/", "--auth", "basic", "--user", "bot", "--password-env", "LAB_PASSWORD", "ReadInventory");

        Assert.Equal(2, exit);
        Assert.Contains("--auth", errors, StringComparison.Ordinal);
    }

    private static string[] Remote(Installation installation, string verb)
    {
        string Setting(string name) => installation.Environment["MAILFLOWBOT__Organization__Exchange__" + name];
        return
        [
            "remote", verb, "--endpoint", Setting("Endpoint").Replace("{server}", "EX03", StringComparison.Ordinal), "--auth", "basic",
            "--user", Setting("User"), "--password-env", "LAB_PASSWORD", "--trusted-roots", Setting("TrustedRoots"),
        ];
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal LabProcess Lab { get; private set; } = null!;

        public async Task InitializeAsync() => Lab = await LabProcess.StartAsync("--auth", "basic");

        public Task DisposeAsync() => Lab.DisposeAsync().AsTask();
    }
}
