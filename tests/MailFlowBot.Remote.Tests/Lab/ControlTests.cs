using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Certificates;
using MailFlowBot.Lab.Control;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Lab;

public sealed class ControlTests
{
    [Fact]
    public async Task The_status_tells_what_is_open_and_what_was_run()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var session = await LabSession.OpenAsync(lab);
        await session.InvokeAsync(LabSession.Read("EX03"), default);
        using var http = new HttpClient();

        var status = JsonNode.Parse(await http.GetStringAsync(new Uri(lab.Http!, "lab")))!;

        Assert.Equal("transport-inactive", (string)status["drill"]!);
        Assert.Equal(1, (int)status["shells"]!);
        Assert.Equal(1, (int)status["cmdlets"]!["Get-ServerComponentState"]!);
        Assert.Equal(1, (int)status["requests"]!["Create"]!);
        Assert.InRange((int)status["sockets"]!, 1, 9);
    }

    [Fact]
    public async Task Lines_change_the_drill_the_time_and_the_faults()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());

        Assert.Equal(HttpStatusCode.OK, await SayAsync(lab, "drill dag-peer"));
        Assert.Equal(HttpStatusCode.OK, await SayAsync(lab, "advance 90"));
        Assert.Equal(HttpStatusCode.OK, await SayAsync(lab, "fault max-shells=Create:1x3"));

        Assert.Equal("dag-peer", lab.Organization.Drill.Name);
        Assert.Equal(TimeSpan.FromSeconds(90), lab.Organization.Time.Jumped);
        await Assert.ThrowsAnyAsync<RemoteException>(() => LabSession.OpenAsync(lab, new PlainClient(lab)));
        Assert.Equal(HttpStatusCode.OK, await SayAsync(lab, "lift max-shells"));
        await using var session = await LabSession.OpenAsync(lab);
    }

    [Theory]
    [InlineData("drill no-such-drill", "application/x-lab")]
    [InlineData("fault no-such-fault", "application/x-lab")]
    [InlineData("advance -1", "application/x-lab")]
    [InlineData("nonsense", "application/x-lab")]
    [InlineData("", "application/x-lab")]
    [InlineData("restart", "text/plain")]
    public async Task Refuses_what_it_does_not_understand_and_what_a_web_page_could_send(string line, string type)
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());

        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(lab, line, type));
    }

    [Fact]
    public async Task A_restart_and_a_cut_differ_in_what_becomes_of_the_shells()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var client = new PlainClient(lab);
        using var created = await client.SendAsync(await LabSession.CreateAsync(lab));
        var commands = new LabCommands(lab);

        commands.Run("cut");
        Assert.Equal(1, lab.ShellCount);
        commands.Run("restart");
        Assert.Equal(0, lab.ShellCount);
    }

    [Fact]
    public async Task The_settings_name_the_endpoints_the_account_and_the_trusted_root()
    {
        var folder = Directory.CreateTempSubdirectory("mailflowbot-lab-");
        try
        {
            await using var lab = await LabServer.StartAsync(new LabOptions { CertificateFolder = folder.FullName });

            var settings = BotEnvironment.Of(lab, null).ToDictionary(setting => setting.Name, setting => setting.Value);

            Assert.Equal($"{lab.Https}{{server}}/PowerShell/", settings["MAILFLOWBOT__Organization__Exchange__Endpoint"]);
            Assert.Equal("Basic", settings["MAILFLOWBOT__Organization__Windows__Authentication"]);
            Assert.Equal(lab.Options.Password, settings[settings["MAILFLOWBOT__Organization__Exchange__PasswordVariable"]]);
            Assert.Equal(LabAuthority.RootFile(folder.FullName), settings["MAILFLOWBOT__Organization__Exchange__TrustedRoots"]);
            Assert.True(File.Exists(LabAuthority.RootFile(folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task With_kerberos_the_settings_spell_the_realm_as_the_realm_does()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Authentication = [AuthenticationKind.Kerberos] });

        Assert.Contains(
            ("MAILFLOWBOT__Organization__Exchange__User", "oncall@LAB.MAILFLOWBOT.EXAMPLE"), BotEnvironment.Of(lab, null));
    }

    private static async Task<HttpStatusCode> SayAsync(LabServer lab, string line, string type = "application/x-lab")
    {
        using var http = new HttpClient();
        using var content = new StringContent(line, new MediaTypeHeaderValue(type));
        using var answer = await http.PostAsync(new Uri(lab.Http!, "lab"), content);
        return answer.StatusCode;
    }
}
