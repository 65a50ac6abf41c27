using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Tests.Smtp;

public sealed class HostileConversationTests
{
    private static readonly string[] Words =
    [
        "220 ", "220-", "250-", "250 ", "421 4.3.2 x", "530 5.7.1 x", "\r\n", "\n", "\r", "\0", "\u00ff\u00fe", "x", "  ", "-", "99999",
        "EHLO", "250 EX03 Hello\r\n", "220 EX03\r\n", "500 no\r\n",
    ];

    private static readonly Arbitrary<string[]> Talk =
        Gen.Elements(Words).ArrayOf(12).Select(string.Concat).ArrayOf(8).ToArbitrary();

    [Fact]
    public void Whatever_a_server_says_the_probe_ends_and_says_nothing_but_its_five_commands() =>
        Prop.ForAll(Talk, talk =>
        {
            var (reading, commands) = Conversation.Of(talk);
            Assert.All(commands, command => Assert.Contains(command, (string[])
                ["EHLO probe.corp.example\r\n", "HELO probe.corp.example\r\n", "MAIL FROM:<>\r\n", "RSET\r\n", "QUIT\r\n"]));
            Assert.True(commands.Count <= 5);
            Assert.True(reading.Progress != SmtpProgress.Mailed || commands.Contains("MAIL FROM:<>\r\n"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_server_says_the_cuts_do_not_matter() =>
        Prop.ForAll(Talk, talk =>
        {
            var whole = Conversation.Of(talk);
            foreach (var cut in new[] { 0, 1, 5, 13 })
            {
                var cutUp = Conversation.Of(cut, talk);
                Assert.Equal(whole.Commands, cutUp.Commands);
                Assert.Equal(whole.Reading with { Capabilities = [] }, cutUp.Reading with { Capabilities = [] });
                Assert.Equal(whole.Reading.Capabilities, cutUp.Reading.Capabilities);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_octets_neither_break_nor_hold_the_probe() =>
        Prop.ForAll<byte[]>(octets =>
        {
            var probe = Conversation.Probe();
            probe.Receive(octets);
            Assert.NotEqual(SmtpProgress.Mailed, probe.Reading.Progress);
        }).QuickCheckThrowOnFailure();
}
