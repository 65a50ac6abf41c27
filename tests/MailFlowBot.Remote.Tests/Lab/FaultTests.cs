using System.Net.Sockets;
using System.Security.Authentication;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Http;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Lab;

/// <summary>That each fault is on the wire what its name says, as the platform's HTTP client sees it.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    // A handshake needs a realm: see WholeWayTests.
    public static TheoryData<string> Names => [.. Faults.All.Where(fault => fault.Aim != LabAction.Handshake).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Strikes_the_request_that_it_is_aimed_at_and_no_other(string name)
    {
        var fault = Faults.Named(name)!;
        await using var lab = await LabServer.StartAsync(new LabOptions { Faults = [new FaultInjection(name)] });
        await using var client = new PlainClient(lab, patience: Waits(fault) ? Short : null);

        await TalkAsync(lab, client);

        Assert.Equal(1, lab.Faults.StruckCount(name));
        Assert.InRange(lab.Counts.Commands.GetValueOrDefault("Get-ServerComponentState"), 0, 1);
    }

    [Theory]
    [InlineData("drop-before-reading", typeof(SocketException))]
    [InlineData("drop-after-reading", typeof(SocketException))]
    [InlineData("drop-before-answering", typeof(SocketException))]
    [InlineData("drop-inside-answer", null)]
    [InlineData("truncated-body", null)]
    [InlineData("silence", typeof(TimeoutException))]
    [InlineData("length-too-large", typeof(TimeoutException))]
    [InlineData("gigabyte-announced", typeof(HttpRequestException))]
    [InlineData("endless-answer", typeof(HttpRequestException))]
    [InlineData("slow-drip", typeof(TimeoutException))]
    [InlineData("expired-certificate", typeof(AuthenticationException))]
    public async Task Gives_no_whole_answer(string name, Type? root)
    {
        var seen = await SeenAsync(name, exchange => exchange.Trouble is not null);

        if (root is not null)
            Assert.Equal(root, seen.Root);
    }

    [Theory]
    [InlineData("unauthorized", 401, "")]
    [InlineData("forbidden", 403, "<html>")]
    [InlineData("not-found", 404, "<html>")]
    [InlineData("redirect-loop", 302, "")]
    [InlineData("redirect-away", 302, "")]
    [InlineData("unavailable", 503, "<html>")]
    [InlineData("html-ok", 200, "<html>")]
    [InlineData("html-error", 500, "<html>")]
    [InlineData("empty-ok", 200, "")]
    [InlineData("access-denied", 500, "Code=\"5\"")]
    [InlineData("redirect-fault", 500, "https://elsewhere.invalid/PowerShell/")]
    [InlineData("max-shells", 500, "Code=\"2150859236\"")]
    [InlineData("max-operations", 500, "Code=\"2150859240\"")]
    [InlineData("max-commands", 500, "Code=\"2150859241\"")]
    [InlineData("throttled-fault", 500, "300 milliseconds")]
    [InlineData("envelope-too-large", 500, "Code=\"2150858790\"")]
    [InlineData("wrong-configuration", 500, "Code=\"2150858811\"")]
    [InlineData("shell-unknown", 500, "Code=\"2150858843\"")]
    [InlineData("shell-disconnected", 500, "Code=\"2150859204\"")]
    [InlineData("stream-taken", 500, "Code=\"2150859230\"")]
    [InlineData("host-process-died", 500, "Code=\"1726\"")]
    [InlineData("unknown-fault", 500, "Code=\"2150891519\"")]
    [InlineData("dtd", 200, "<!DOCTYPE x [<!ENTITY outside")]
    [InlineData("entity-bomb", 200, "&e8;&e8;")]
    [InlineData("deep-xml", 200, "<n><n><n><n>")]
    [InlineData("not-xml", 200, "no XML at all")]
    [InlineData("not-soap", 200, "<html xmlns")]
    [InlineData("damaged-base64", 200, "!*")]
    [InlineData("gzip", 200, "\u001f")]
    public async Task Answers_with(string name, int status, string text)
    {
        var seen = await SeenAsync(name, exchange => exchange.Status == status && exchange.Text.Contains(text, StringComparison.Ordinal));

        Assert.Null(seen.Trouble);
    }

    [Fact]
    public async Task Carries_the_headers_that_belong_to_the_status()
    {
        Assert.Equal("/EX01/PowerShell/", (await SeenAsync("redirect-loop", Struck(302))).Response!.Headers.Location!.OriginalString);
        Assert.Equal(TimeSpan.FromSeconds(1), (await SeenAsync("unavailable", Struck(503))).Response!.Headers.RetryAfter!.Delta);
        Assert.Equal(3, (await SeenAsync("unauthorized", Struck(401))).Response!.Headers.WwwAuthenticate.Count);
        Assert.Contains("gzip", (await SeenAsync("gzip", Compressed)).Response!.Content.Headers.ContentEncoding);

        static Func<PlainClient.Exchange, bool> Struck(int status) => exchange => exchange.Status == status;
        static bool Compressed(PlainClient.Exchange exchange) => exchange.Response?.Content.Headers.ContentEncoding.Count > 0;
    }

    [Fact]
    public async Task A_restart_forgets_every_shell()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        var client = new PlainClient(lab);
        await using var session = await LabSession.OpenAsync(lab, client);
        lab.Faults.Arm(new FaultInjection("server-restart", LabAction.Command));

        await session.InvokeAsync(LabSession.Read("EX03"), default);

        Assert.Equal(0, lab.ShellCount);
    }

    [Fact]
    public async Task Counts_the_requests_before_the_nth_and_strikes_so_often_as_told()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Faults = [FaultInjection.Parse("max-shells=Create:2x2")] });
        var opened = new List<bool>();
        for (var i = 0; i < 4; i++)
        {
            await using var client = new PlainClient(lab);
            opened.Add(await TalkAsync(lab, client));
        }

        Assert.Equal([true, false, false, true], opened);
    }

    [Theory]
    [InlineData("no-such-fault")]
    [InlineData("max-shells=Nothing")]
    [InlineData("max-shells=Create:0")]
    [InlineData("max-shells=Create:1x-1")]
    [InlineData("max-shells=Create:1x1x1")]
    public void Refuses_an_injection_that_cannot_be(string text) => Assert.Throws<FormatException>(() => FaultInjection.Parse(text));

    [Fact]
    public void Every_fault_has_a_name_of_its_own_and_a_text() => Assert.All(
        Faults.All.GroupBy(fault => fault.Name), same => Assert.EndsWith(".", Assert.Single(same).Text, StringComparison.Ordinal));

    private static async Task<PlainClient.Exchange> SeenAsync(string name, Func<PlainClient.Exchange, bool> which)
    {
        var fault = Faults.Named(name)!;
        await using var lab = await LabServer.StartAsync(new LabOptions { Faults = [new FaultInjection(name)] });
        await using var client = new PlainClient(lab, patience: Waits(fault) ? Short : null);
        await TalkAsync(lab, client);
        return client.Seen.First(which);
    }

    private static bool Waits(LabFault fault) => fault.Name is "silence" or "length-too-large" or "slow-drip" or "version-mismatch";

    /// <summary>Opens, reads once and closes, whatever comes; whether all went well.</summary>
    private static async Task<bool> TalkAsync(LabServer lab, PlainClient client)
    {
        try
        {
            await using var session = await LabSession.OpenAsync(lab, client);
            return await session.InvokeAsync(LabSession.Read("EX03"), default) is InvocationOutcome.Completed { HasErrors: false };
        }
        catch (RemoteException)
        {
            return false;
        }
    }
}
