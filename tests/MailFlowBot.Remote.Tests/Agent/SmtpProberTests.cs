using System.Net;
using System.Net.Sockets;
using System.Text;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>The rim of the probe, against sockets of this machine.</summary>
public sealed class SmtpProberTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex02 = new("EX02");
    private static readonly ReadSmtpProbe Read = new(Ex01, SmtpDoor.Transport);

    private static SmtpProber Prober(Func<ServerName, SmtpDoor, CancellationToken, Task<Stream?>> connect, TimeProvider? patience = null) => new(
        [Ex01, Ex02], connect, new DomainName("probe.corp.example"), TimeProvider.System, patience ?? TimeProvider.System);

    /// <summary>To a listener of this machine instead of the server's address.</summary>
    private static Func<ServerName, SmtpDoor, CancellationToken, Task<Stream?>> To(int port) => async (_, _, cancellation) =>
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return client.GetStream();
    };

    /// <summary>Probes a server that says these things, one for each command it hears, and then closes or waits.</summary>
    private static async Task<ReadAnswer> AskAsync(bool closes, HandTime? patience, params string[] says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var serving = ServeAsync(listener, says, closes, patience, ended.Token);
        var answer = await Prober(To(((IPEndPoint)listener.LocalEndpoint).Port), patience).ReadAsync(Read, ended.Token);
        await serving.WaitAsync(ended.Token);
        return answer;
    }

    private static async Task ServeAsync(
        TcpListener listener, string[] says, bool closes, HandTime? patience, CancellationToken cancellation)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellation);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        for (var i = 0; i < says.Length; i++)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(says[i]), cancellation);
            if (i < says.Length - 1)
                await reader.ReadLineAsync(cancellation);
        }

        if (closes)
            return;
        patience?.Expire();
        // Until the client hangs up.
        while (await reader.ReadLineAsync(cancellation) is not null)
        {
        }
    }

    [Fact]
    public async Task A_whole_conversation_becomes_a_fact()
    {
        var seen = Assert.IsType<Seen>(await AskAsync(
            closes: true, null, "220 EX01.corp.example hi\r\n", "250-EX01.corp.example Hello\r\n250 SIZE\r\n", "530 5.7.1 no\r\n", "221 2.0.0 bye\r\n"));

        var fact = Assert.IsType<SmtpProbeFact>(seen.Fact);
        Assert.True(fact.IsAlive);
        Assert.Equal((Ex01, SmtpDoor.Transport, SmtpStage.Mailed), (fact.Server, fact.Door, fact.Stage));
        Assert.Equal(["SIZE"], fact.Capabilities);
        Assert.Equal(new Origin(OriginKind.Endpoint, "EX01"), seen.Origin);
    }

    [Fact]
    public async Task A_server_that_closes_early_is_seen_as_far_as_it_got()
    {
        var fact = Assert.IsType<SmtpProbeFact>(Assert.IsType<Seen>(await AskAsync(closes: true, null, "")).Fact);

        Assert.Equal((SmtpStage.Connected, (int?)null), (fact.Stage, fact.Code));
        Assert.Null(fact.Value("alive"));
    }

    [Fact]
    public async Task Silence_is_a_time_out_and_no_verdict()
    {
        var missed = Assert.IsType<NotSeen>(await AskAsync(closes: false, new HandTime(), "220 EX01\r\n", "250 EX01\r\n", ""));

        Assert.Equal(NotSeenReason.TimedOut, missed.Reason);
        Assert.Contains("Greeted", missed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_after_the_answer_that_matters_takes_nothing_back()
    {
        var seen = Assert.IsType<Seen>(await AskAsync(
            closes: false, new HandTime(), "220 EX01\r\n", "250 EX01\r\n", "530 5.7.1 no\r\n", ""));

        Assert.True(Assert.IsType<SmtpProbeFact>(seen.Fact).IsAlive);
    }

    [Fact]
    public async Task What_does_not_speak_smtp_is_unreadable()
    {
        var missed = Assert.IsType<NotSeen>(await AskAsync(closes: false, null, "SSH-2.0-OpenSSH_9.2\r\n"));

        Assert.Equal(NotSeenReason.Unreadable, missed.Reason);
    }

    [Fact]
    public async Task Another_server_of_ours_that_answers_tells_nothing_about_this_one()
    {
        var missed = Assert.IsType<NotSeen>(await AskAsync(
            closes: true, null, "220 mail.contoso.com\r\n", "250 EX02.corp.example Hello\r\n", "530 5.7.1 no\r\n", "221 bye\r\n"));

        Assert.Equal((NotSeenReason.WrongServer, "EX02.corp.example"), (missed.Reason, missed.Detail));
    }

    [Fact]
    public async Task A_refused_connection_is_a_closed_door()
    {
        var prober = Prober(new SmtpAddress("{server}.localhost", _ => FreePort()).ConnectAsync);

        var answer = await prober.ReadAsync(Read, CancellationToken.None);

        // Where localhost names of any depth are not resolved, nothing was reached at all.
        if (answer is Seen seen)
            Assert.Equal(("NotConnected", "false"), (seen.Fact.Value("stage"), seen.Fact.Value("alive")));
        else
            Assert.Equal(NotSeenReason.Unreachable, Assert.IsType<NotSeen>(answer).Reason);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_unreachable()
    {
        var missed = Assert.IsType<NotSeen>(await Prober((_, _, _) => throw new SocketException((int)SocketError.HostNotFound))
            .ReadAsync(Read, CancellationToken.None));

        Assert.Equal(NotSeenReason.Unreachable, missed.Reason);
    }

    [Fact]
    public async Task A_connection_that_is_never_made_is_a_time_out()
    {
        var patience = new HandTime();
        var missed = Assert.IsType<NotSeen>(await Prober(
            async (_, _, cancellation) =>
            {
                patience.Expire();
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
                return null;
            },
            patience).ReadAsync(Read, CancellationToken.None));

        Assert.Equal(NotSeenReason.TimedOut, missed.Reason);
        Assert.Contains("firewall", missed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_a_cancellation()
    {
        using var caller = new CancellationTokenSource();
        var reading = Prober(async (_, _, cancellation) =>
        {
            await caller.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return null;
        }).ReadAsync(Read, caller.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData("{server}.contoso.com", "EX01.contoso.com")]
    [InlineData("{server}", "EX01")]
    [InlineData("smtp-{server}.contoso.com", "smtp-EX01.contoso.com")]
    public void The_address_comes_from_the_template(string template, string host) =>
        Assert.Equal(host, new SmtpAddress(template).HostOf(Ex01).Name);

    [Theory]
    [InlineData("mail.contoso.com")]
    [InlineData("{server}.contoso.com:25")]
    [InlineData("{server} .com")]
    [InlineData("")]
    public void A_template_that_names_no_server_or_no_domain_is_refused(string template) =>
        Assert.Throws<FormatException>(() => new SmtpAddress(template));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
