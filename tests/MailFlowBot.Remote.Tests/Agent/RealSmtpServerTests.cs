using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>The probe against a server of another make, over TCP from the template to the fact.</summary>
public sealed class RealSmtpServerTests
{
    // The one server name that is an address of this machine everywhere.
    private static readonly ServerName Localhost = new("localhost");

    private static Task<ReadAnswer> AskAsync(int port) =>
        new SmtpProber(
            [Localhost],
            new SmtpAddress("{server}", _ => port).ConnectAsync,
            new DomainName("probe.corp.example"),
            TimeProvider.System,
            TimeProvider.System).ReadAsync(new ReadSmtpProbe(Localhost, SmtpDoor.FrontDoor), CancellationToken.None);

    [SkippableFact]
    public async Task A_real_server_is_talked_to_and_left_in_peace()
    {
        using var server = await RealSmtpServer.StartAsync();

        var fact = Assert.IsType<SmtpProbeFact>(Assert.IsType<Seen>(await AskAsync(server.Port)).Fact);

        Assert.Equal((SmtpStage.Mailed, 250, true), (fact.Stage, fact.Code, fact.IsAlive));
        Assert.True(fact.Offers("8BITMIME") && fact.Offers("HELP") && !fact.Offers("X-LINK2STATE"));
        Assert.Contains("SMTP", fact.Banner, StringComparison.Ordinal);
        // It takes the next client too: nothing was left hanging.
        Assert.IsType<Seen>(await AskAsync(server.Port));
    }

    [SkippableFact]
    public async Task A_real_server_that_has_gone_is_a_closed_door()
    {
        int port;
        using (var server = await RealSmtpServer.StartAsync())
            port = server.Port;

        var fact = Assert.IsType<SmtpProbeFact>(Assert.IsType<Seen>(await AskAsync(port)).Fact);

        Assert.Equal(SmtpStage.NotConnected, fact.Stage);
        Assert.Equal("false", fact.Value("alive"));
    }
}
