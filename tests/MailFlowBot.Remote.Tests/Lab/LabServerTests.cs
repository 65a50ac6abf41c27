using System.Net;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Lab;

public sealed class LabServerTests
{
    private static readonly PsCommand Reset = new(
        "Set-ServerComponentState",
        new PsParameter("Identity", "EX03"),
        new PsParameter("Component", "HubTransport"),
        new PsParameter("Requester", "Functional"),
        new PsParameter("State", "Active"),
        new PsParameter("Confirm", false));

    [Fact]
    public async Task Serves_a_read_and_a_change_over_tls_and_counts_both()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using (var session = await LabSession.OpenAsync(lab))
        {
            Assert.Equal("Inactive", await StateAsync(session));
            Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(Reset, default));
            Assert.Equal("Active", await StateAsync(session));
            Assert.Equal(1, lab.ShellCount);
        }

        Assert.Equal(2, lab.Counts.Commands["Get-ServerComponentState"]);
        Assert.Equal(
            ["EX01: Set-ServerComponentState -Identity EX03 -Component HubTransport -Requester Functional -State Active -Confirm:$false"],
            lab.Counts.Changes);
        Assert.Equal(0, lab.ShellCount);
        Assert.Equal(0, lab.CommandCount);
    }

    [Fact]
    public async Task Serves_the_windows_endpoint_of_each_server_over_plain_http()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { HttpsPort = null });
        await using var session = await LabSession.OpenAsync(lab, "EX03/wsman");

        var services = await session.InvokeAsync(new PsCommand("Get-MfbServices", new PsParameter("Server", "EX03")), default);

        Assert.Contains(services.Streams.Outputs.OfType<PsObject>(), service => "MSExchangeTransport".Equals(service["Name"]));
    }

    [Fact]
    public async Task Hides_changes_from_an_account_that_may_only_read()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var session = await LabSession.OpenAsync(lab, account: LabAccount.ReadOnly);

        Assert.Equal("Inactive", await StateAsync(session));
        var refused = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(Reset, default));

        Assert.Equal("CommandNotFoundException", refused.Error.FullyQualifiedErrorId);
        Assert.Empty(lab.Counts.Changes);
    }

    [Theory]
    [InlineData("EX01/PowerShell/", HttpStatusCode.Forbidden, "Forbidden")]
    [InlineData("EX01/wsman", HttpStatusCode.InternalServerError, "Code=\"5\"")]
    public async Task Refuses_an_account_without_right_as_each_endpoint_does(string path, HttpStatusCode status, string text)
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var client = new PlainClient(lab, path, LabAccount.Nobody);

        using var answer = await client.SendAsync("<a/>"u8.ToArray());

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_wrong_passwords_and_locks_the_account_in_the_end()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { LockoutThreshold = 2 });
        await using var wrong = new PlainClient(lab, password: "guess");
        await using var right = new PlainClient(lab);

        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.SendAsync(default)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await right.SendAsync(default)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.SendAsync(default)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await right.SendAsync(default)).StatusCode);
        Assert.Equal(2, lab.Logons.WrongCountOf(LabAccount.OnCall.UserName));
    }

    [Theory]
    [InlineData("EX09/PowerShell/")]
    [InlineData("EX01/owa/")]
    [InlineData("EX03/wsman")]
    public async Task Says_404_for_an_endpoint_that_is_not_there(string path)
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Drill = "no-windows-endpoint" });
        await using var client = new PlainClient(lab, path);

        using var answer = await client.SendAsync("<a/>"u8.ToArray());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Offers_only_the_switched_on_mechanisms()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        using var http = new HttpClient();

        using var answer = await http.PostAsync(new Uri(lab.Http!, "EX01/PowerShell/"), new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Equal(1, lab.Counts.Requests[LabAction.Handshake]);
    }

    [Fact]
    public async Task The_connection_and_the_shell_are_lost_after_the_change_of_the_drill_that_says_so()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Drill = "agent-lost" });
        await using (var session = await LabSession.OpenAsync(lab, "EX03/PowerShell/"))
            Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Reset, default));
        await using var again = await LabSession.OpenAsync(lab, "EX03/PowerShell/");

        Assert.Equal("Active", await StateAsync(again));
        Assert.Single(lab.Counts.Changes);
    }

    [Fact]
    public async Task Without_its_cookie_a_request_lands_on_the_other_back_end()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Affinity = true });

        await using (var sticky = await LabSession.OpenAsync(lab, cookies: true))
            Assert.Equal("Inactive", await StateAsync(sticky));
        await Assert.ThrowsAnyAsync<RemoteException>(() => LabSession.OpenAsync(lab, cookies: false));
    }

    [Fact]
    public async Task Waits_are_in_real_time_between_the_jumps_of_the_organisations_clock()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var session = await LabSession.OpenAsync(lab, "EX03/wsman");
        var before = lab.Organization.Time.Jumped;

        await session.InvokeAsync(
            new PsCommand(
                "Restart-MfbService",
                new PsParameter("Server", "EX03"),
                new PsParameter("Name", "MSExchangeTransport"),
                new PsParameter("Confirm", false)),
            default);

        Assert.InRange(lab.Organization.Time.Jumped - before, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
    }

    private static async Task<object?> StateAsync(RemoteSession session)
    {
        var read = Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(LabSession.Read("EX03"), default));
        return PsObject.Unwrap(Assert.IsType<PsObject>(Assert.Single(read.Streams.Outputs))["State"]);
    }
}
