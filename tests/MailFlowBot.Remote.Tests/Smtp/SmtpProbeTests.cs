using System.Text.Json;
using MailFlowBot.Remote.Smtp;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Smtp;

public sealed class SmtpProbeTests
{
    private const string Banner = "220 EX03.corp.example Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 02:40:00 +0000\r\n";
    private const string NotActive = "421 4.3.2 Service not active\r\n";
    private const string Bye = "221 2.0.0 Service closing transmission channel\r\n";

    private static readonly string[] Alive = [Banner, Conversation.Hello, "530 5.7.1 Client was not authenticated\r\n", Bye];

    [Fact]
    public void Says_ehlo_and_the_null_sender_and_delivers_nothing()
    {
        var (reading, commands) = Conversation.Of(Banner, Conversation.Hello, "250 2.1.0 Sender OK\r\n", "250 2.0.0 Resetting\r\n", Bye);

        Assert.Equal(["EHLO probe.corp.example\r\n", "MAIL FROM:<>\r\n", "RSET\r\n", "QUIT\r\n"], commands);
        Assert.Equal(SmtpProgress.Mailed, reading.Progress);
        Assert.Equal((250, "2.1.0", "2.1.0 Sender OK"), (reading.Code, reading.Enhanced, reading.Said));
        Assert.Equal(["SIZE 37748736", "X-EXPS GSSAPI NTLM", "XRDST"], reading.Capabilities);
        Assert.Equal("EX03.corp.example", reading.Host);
        Assert.StartsWith("EX03.corp.example Microsoft ESMTP", reading.Banner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sender_that_was_refused_is_not_reset()
    {
        var (reading, commands) = Conversation.Of(Alive);

        Assert.Equal("QUIT\r\n", commands[^1]);
        Assert.DoesNotContain("RSET\r\n", commands);
        Assert.Equal((530, "5.7.1"), (reading.Code, reading.Enhanced));
    }

    [Fact]
    public void It_does_not_matter_where_the_network_cuts()
    {
        var whole = Json(Conversation.Of(Alive));

        Assert.All(Enumerable.Range(0, Conversation.Hello.Length + 1), cut => Assert.Equal(whole, Json(Conversation.Of(cut, Alive))));
    }

    [Fact]
    public void A_transport_that_refuses_work_is_seen_at_mail_from()
    {
        var (reading, commands) = Conversation.Of(Banner, Conversation.Hello, NotActive);

        Assert.Equal((SmtpProgress.Mailed, 421, "4.3.2"), (reading.Progress, reading.Code, reading.Enhanced));
        // The server has closed: nothing more can be said to it.
        Assert.Equal("MAIL FROM:<>\r\n", commands[^1]);
    }

    [Theory]
    [InlineData(0, SmtpProgress.Connected)]
    [InlineData(1, SmtpProgress.Connected)]
    [InlineData(2, SmtpProgress.Mailed)]
    [InlineData(3, SmtpProgress.Mailed)]
    public void A_server_may_give_up_at_any_time(int after, object progress)
    {
        string[] before = [Banner, Conversation.Hello, "250 2.1.0 Sender OK\r\n", "250 2.0.0 Resetting\r\n"];

        var (reading, _) = Conversation.Of([.. before.Take(after), NotActive]);

        Assert.Equal(((SmtpProgress)progress, 421, "4.3.2"), (reading.Progress, reading.Code, reading.Enhanced));
    }

    [Fact]
    public void A_server_may_give_up_in_the_middle_of_a_list()
    {
        var (reading, _) = Conversation.Of(Banner, "250-EX03 Hello\r\n250-SIZE\r\n" + NotActive);

        Assert.Equal((SmtpProgress.Connected, 421), (reading.Progress, reading.Code));
        Assert.Empty(reading.Capabilities);
    }

    [Fact]
    public void A_server_that_merely_hangs_up_afterwards_takes_nothing_back()
    {
        var (reading, _) = Conversation.Of([.. Alive.Take(3), "421 4.4.2 Connection dropped\r\n"]);

        Assert.Equal((SmtpProgress.Mailed, 530), (reading.Progress, reading.Code));
    }

    [Fact]
    public void A_masked_banner_and_a_firewall_without_ehlo_are_understood()
    {
        var (reading, commands) = Conversation.Of("220***************0*2******\r\n", "500 Command unrecognized\r\n", "250 somewhere\r\n", NotActive);

        Assert.Equal("***************0*2******", reading.Banner);
        Assert.Equal(["EHLO probe.corp.example\r\n", "HELO probe.corp.example\r\n", "MAIL FROM:<>\r\n"], commands);
        Assert.Empty(reading.Capabilities);
        Assert.Equal("somewhere", reading.Host);
    }

    [Fact]
    public void A_server_that_does_not_greet_is_left_politely()
    {
        var (reading, commands) = Conversation.Of("554 5.7.1 No\r\n", Bye);

        Assert.Equal(["QUIT\r\n"], commands);
        Assert.Equal((SmtpProgress.Connected, 554), (reading.Progress, reading.Code));
        Assert.Null(reading.Banner);
    }

    [Fact]
    public void Answers_that_come_before_the_question_are_no_answers()
    {
        var all = string.Concat(Alive);

        Assert.All(new[] { 0, 1, Banner.Length, Banner.Length + 1, int.MaxValue }, cut =>
        {
            var (reading, _) = Conversation.Of(cut, all);
            Assert.Equal((SmtpProgress.Connected, SmtpFault.Unasked), (reading.Progress, reading.Fault));
        });
    }

    [Fact]
    public void Half_an_answer_before_the_question_is_no_answer_either()
    {
        var (reading, _) = Conversation.Of(Banner + "250-EX03 ", "Hello\r\n250 SIZE\r\n");

        Assert.Equal(SmtpFault.Unasked, reading.Fault);
    }

    [Fact]
    public void Giving_up_is_heard_even_unasked()
    {
        var (reading, _) = Conversation.Of(Banner + NotActive);

        Assert.Equal((SmtpProgress.Connected, 421, null), (reading.Progress, reading.Code, (object?)reading.Fault));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("2\02\00\0 \0E\0X\0\r\0\n\0")]
    [InlineData("\r\n")]
    [InlineData("2200 too many digits\r\n")]
    [InlineData("199 below\r\n")]
    [InlineData("22\r\n")]
    public void What_is_not_a_reply_is_no_smtp(string said) =>
        Assert.Equal(SmtpFault.NotAReply, Conversation.Of(said).Reading.Fault);

    [Fact]
    public void Endless_talk_ends()
    {
        Assert.Equal(SmtpFault.LineTooLong, Conversation.Of("220 " + new string('x', 3000)).Reading.Fault);
        Assert.Equal(SmtpFault.TooManyLines, Conversation.Of(string.Concat(Enumerable.Repeat("220-x\r\n", 200))).Reading.Fault);
        Assert.Equal(
            SmtpFault.TooMuch, Conversation.Of(string.Concat(Enumerable.Repeat($"220-{new string('x', 1900)}\r\n", 50))).Reading.Fault);
    }

    [Fact]
    public void A_line_longer_than_the_standard_allows_is_read_and_shortened()
    {
        var (reading, _) = Conversation.Of($"220 {new string('x', 1500)}\r\n");

        Assert.Null(reading.Fault);
        Assert.Equal(201, reading.Banner!.Length);
    }

    [Fact]
    public void Eight_bit_text_and_control_characters_are_not_kept()
    {
        var (reading, _) = Conversation.Of("220 caf\u00e9\u001b[31m\rred\r\n");

        Assert.Equal("caf??[31m?red", reading.Banner);
    }

    [Fact]
    public void Lines_may_end_in_a_bare_line_feed() =>
        Assert.Equal(SmtpProgress.Mailed, Conversation.Of(Alive.Select(line => line.Replace("\r\n", "\n", StringComparison.Ordinal))).Reading.Progress);

    [Theory]
    [InlineData("530 5.7.57 x\r\n", "5.7.57")]
    [InlineData("530 x\r\n", null)]
    [InlineData("530 3.7.1 x\r\n", null)]
    [InlineData("530 5.7\r\n", null)]
    [InlineData("530 5.7.1234 x\r\n", null)]
    [InlineData("530\r\n", null)]
    public void The_enhanced_code_is_taken_where_it_is_one(string answer, string? enhanced) =>
        Assert.Equal((530, enhanced), (Conversation.Of(Banner, Conversation.Hello, answer).Reading.Code, Conversation.Of(Banner, Conversation.Hello, answer).Reading.Enhanced));

    [Theory]
    [InlineData("a\r\nMAIL FROM:<>")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("-a")]
    [InlineData("bücher.example")]
    public void A_name_that_could_be_another_command_is_refused(string name) => Assert.Throws<FormatException>(() => new DomainName(name));

    /// <summary>Recorded conversations of real servers of all versions.</summary>
    [SkippableFact]
    public void Real_servers_are_understood()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/exchange/text/ehlo-banners.json")));
        var seen = file.RootElement.EnumerateArray().ToDictionary(
            server => server.GetProperty("id").GetString()!,
            server => Conversation.Of(Said(server.GetProperty("transcript").GetString()!)).Reading);

        Assert.All(seen, server => Assert.Equal((server.Key, (SmtpFault?)null), (server.Key, server.Value.Fault)));
        Assert.All(seen, server => Assert.Contains("PIPELINING", server.Value.Capabilities));
        Assert.Equal((SmtpProgress.Mailed, 412, "4.3.2"), (seen["e2013-seed"].Progress, seen["e2013-seed"].Code, seen["e2013-seed"].Enhanced));
        Assert.Contains("X-LINK2STATE", seen["e2003-wild"].Capabilities);
        Assert.Contains("XEXCH50", seen["e2000-kb257569"].Capabilities);
        Assert.DoesNotContain(seen["e2003-technet-missing"].Capabilities, line => line.StartsWith('X'));
        Assert.Contains("Version: 6.0.3790.4675", seen["e2003-wild"].Banner, StringComparison.Ordinal);
    }

    /// <summary>The server's half of a printed dialogue: a banner where the page left it out, and without the lines a person typed.</summary>
    private static IEnumerable<string> Said(string transcript)
    {
        var lines = transcript.Split('\n').Where(line => line.Length > 3 && line[..3].All(char.IsAsciiDigit)).ToList();
        var banner = lines[0].StartsWith("220", StringComparison.Ordinal) ? lines[0] : "220 not printed";
        var rest = lines.Where(line => line != banner).ToList();
        var hello = rest.TakeWhile((line, index) => index == 0 || rest[index - 1][3] == '-').ToList();
        return [banner + "\r\n", string.Concat(hello.Select(line => line + "\r\n")), .. rest.Skip(hello.Count).Select(line => line + "\r\n")];
    }

    private static string Json((SmtpProbeReading Reading, IReadOnlyList<string> Commands) seen) =>
        JsonSerializer.Serialize(new { seen.Reading, seen.Commands });
}
