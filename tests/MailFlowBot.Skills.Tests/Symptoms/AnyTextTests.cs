using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>The reader takes whatever is thrown at it.</summary>
public class AnyTextTests
{
    private static readonly string[] Fragments =
    [
        "EX03", "ＥＸ０１", "ex02.corp.example", "EX07", "421 4.3.2 Service not active", "412.4.3.2", "４５２ ４．３．１", "#5.0.0", "HubTransport Inactive",
        "ハブ トランスポートが非アクティブ", "ﾄﾗﾝｽﾎﾟｰﾄ", "MSExchangeTransport", "Event ID: 7009", "イベント ID：１５００６", "Requester: Functional",
        "Set-ServerComponentState", "送信トレイ", "mail stays in Outbox", "KB2866822", "mail.protection.outlook.com", "\u202E", "\u200B", "\0", "\uD800",
        "\uDC00", "😀", "e\u0301\u0301\u0301", "\uFDFA", "é", "´", "Warteschlange", "DNS-Abfrage fehlgeschlagen", "证书过期", "Get-Mailbox", "Get-Queue",
        "EX03\\Poison Undefined Ready 14", "Stopped MSExchangeTransport", "ServicesNotRunning : {MSExchangeSubmission}", "DB1\\EX03 Failed",
        "2013-06-27T21:08:37.583Z,08D03F2DE58E0D71,SMTP,proxy,-,Messages: 0", "250-X-EXPS GSSAPI\n250-SIZE\n250-DSN\n250-ETRN\n250-VRFY\n250 OK\n",
        "220 x Microsoft ESMTP MAIL Service, Version: 6.0.3790.1", "15.2.2562.17", "CU13", "2024-01-31 10:00", "10時半", "#5.0.0", "#550 5.1.1", "events 7031 and 7034",
        "\r\n", "\t", " ", "¥", "“", "’", "–", ".", "\\", "@", "_", "\uFEFF", "a", "が", "が", "ｶﾞ",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements(Fragments).ArrayOf().Select(string.Concat),
        Gen.Elements(Fragments).ArrayOf().Select(parts => string.Join(' ', parts)));

    [Fact]
    public void Every_signal_lies_in_the_text_and_reads_the_same_on_its_own()
    {
        Prop.ForAll(Arb.From(Texts), text =>
        {
            foreach (var signal in Read(text).Signals)
            {
                Assert.InRange(signal.Start, 0, text.Length);
                Assert.InRange(signal.Length, 1, text.Length - signal.Start);

                // An event belongs to the source that stands near it, which is not part of its span.
                var alone = Read(text.Substring(signal.Start, signal.Length)).Signals;
                Assert.Contains(alone, other => other.Kind == signal.Kind && (signal.Kind == "event" || other.Value == signal.Value));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void The_same_text_is_read_the_same_every_time()
    {
        Prop.ForAll(Arb.From(Texts), text =>
        {
            var (first, second) = (Read(text), Read(text));
            Assert.Equal(first.Signals, second.Signals);
            Assert.Equal((first.Class, first.Confidence, first.Language), (second.Class, second.Confidence, second.Language));
            Assert.Equal(first.Ask, second.Ask);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_reading_either_names_a_class_or_abstains_and_asks()
    {
        Prop.ForAll(Arb.From(Texts), text =>
        {
            var reading = Read(text);
            Assert.Equal(reading.Class is null, reading.Abstained);
            Assert.True(reading.Class is not null || reading.Ask is not null);
            Assert.InRange(reading.Confidence, 0, 1);
            Assert.All(reading.Candidates, candidate => Assert.Contains(candidate.Class, SymptomClass.All));
            Assert.Equal(reading.Candidates.OrderByDescending(candidate => candidate.Score), reading.Candidates);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_megabyte_is_read_to_its_limit_and_says_so()
    {
        var text = string.Concat(Enumerable.Repeat("nothing to see here. ", 50_000)) + "EX03 421 4.3.2 Service not active";

        var reading = Read(text);

        var truncated = Assert.Single(reading.Signals, signal => signal.Kind == "truncated");
        Assert.Equal((65536, text.Length - 65536), (truncated.Start, truncated.Length));
        Assert.Empty(reading.Servers);
        Assert.Null(reading.Class);
    }

    [Fact]
    public void A_hundred_thousand_repetitions_are_one_server()
    {
        var reading = Read(string.Concat(Enumerable.Repeat("EX01 ", 100_000)));

        Assert.Equal([Organization.Ex01], reading.Servers);
        Assert.Single(reading.Signals, signal => signal.Kind == "server");
    }

    [Theory]
    [InlineData("EX01 ")]
    [InlineData("421 4.3.2 ")]
    [InlineData("4.")]
    [InlineData("a-")]
    [InlineData("HubTransport component state is still ")]
    [InlineData("Event ID: 7009 ")]
    [InlineData("MSExchangeTransport ")]
    [InlineData("mail outbox ")]
    [InlineData("EX0")]
    [InlineData("EX1 EX2 EX3 EX4 EX5 EX6 EX7 EX8 EX9 X10 ")]
    [InlineData("\u0301")]
    [InlineData("\uFDFA")]
    [InlineData("requester = ")]
    [InlineData("- - - - ")]
    [InlineData("メール送信トレイ")]
    public void Time_grows_with_the_text_and_not_faster(string part)
    {
        var inventory = Enumerable.Range(1, 500).Select(number => new ServerName($"EX{number}")).ToList();
        var text = new StringBuilder();
        while (text.Length < 64 * 1024)
            text.Append(part);
        SymptomReader.Read(part, inventory);

        // Two orders of magnitude above what it takes, so that only a text of quadratic cost is caught and no busy machine.
        var started = Stopwatch.GetTimestamp();
        SymptomReader.Read(text.ToString(), inventory);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static SymptomReading Read(string text) => SymptomReader.Read(text, Organization.Names);
}
