using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests.Symptoms;

public class SymptomReaderTests
{
    [Fact]
    public void Reads_the_report_of_the_story()
    {
        const string text = "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active";

        var reading = Read(text);

        Assert.Equal(SymptomClass.ComponentInactive, reading.Class);
        Assert.False(reading.Abstained);
        Assert.Equal([Organization.Ex03], reading.Servers);
        Assert.Equal(["KB2866822"], reading.Articles);
        Assert.Null(reading.Ask);
        Assert.Equal("412 4.3.2", Spanned(text, reading, "smtp-reply", "412 4.3.2"));
        Assert.Equal("EX03", Spanned(text, reading, "server", "EX03"));
        Assert.Equal("mail stays in Outbox", Spanned(text, reading, "phrase", "mail-stays"));
    }

    [Theory]
    [InlineData("telnet says 412.4.3.2 on ex03.contoso.com, Service not active", "412 4.3.2")]
    [InlineData("ＥＸ０３ で ４２１ ４．３．２ Ｓｅｒｖｉｃｅ ｎｏｔ ａｃｔｉｖｅ", "421 4.3.2")]
    [InlineData("421-4.3.2 Service not active (EX03)", "421 4.3.2")]
    public void Reads_the_reply_in_every_spelling(string text, string value)
    {
        var reading = Read(text);

        Assert.True(reading.HasSignal("smtp-reply", value));
        Assert.Equal(SymptomClass.ComponentInactive, reading.Class);
        Assert.Equal([Organization.Ex03], reading.Servers);
    }

    [Theory]
    [InlineData("Source: MSExchangeTransport\nEvent ID: 7009\nLevel: Information")]
    [InlineData("ソース: MSExchangeTransport\nイベント ID: 7009\nレベル: 情報")]
    [InlineData("MSExchangeTransport 7009 keeps coming up")]
    [InlineData("EX03 HubTransport Inactive")]
    [InlineData("EX03 の HubTransport コンポーネントが非アクティブです")]
    [InlineData("ハブ トランスポートが非アクティブになっています")]
    [InlineData("…mailboxtransportsubmissioninternalproxy,-,Messages: 0 Bytes: 0 (Retry : Service not active)")]
    [InlineData("Server Component State\nEX03.contoso.com ServerWideOffline Inactive")]
    public void Names_an_inactive_component(string text) => Assert.Equal(SymptomClass.ComponentInactive, Read(text).Class);

    [Fact]
    public void An_event_of_the_service_control_manager_is_another_event()
    {
        var reading = Read("Log: System\nSource: Service Control Manager\nEvent ID: 7009\nA timeout was reached while waiting for a service");

        Assert.True(reading.HasSignal("event", "Service Control Manager/7009"));
        Assert.NotEqual(SymptomClass.ComponentInactive, reading.Class);
    }

    [Theory]
    [InlineData("Watson report for process id: 7009, MSExchangeTransport")]
    [InlineData("MSExchangeTransport uses 7009 handles")]
    public void A_number_that_is_no_event_id_is_no_event(string text) =>
        Assert.DoesNotContain(Read(text).Signals, signal => signal.Kind == "event");

    [Theory]
    [InlineData("mail stays in Outbox")]
    [InlineData("メールが送信トレイに残ったまま出ていきません")]
    public void Abstains_where_the_text_alone_cannot_decide(string text)
    {
        var reading = Read(text);

        Assert.True(reading.Abstained);
        Assert.Null(reading.Class);
        Assert.Contains(reading.Candidates, candidate => candidate.Class == SymptomClass.ComponentInactive);
        Assert.Equal("read.which-server", reading.Ask?.Id);
    }

    [Fact]
    public void The_same_reply_of_exchange_online_is_not_ours()
    {
        var reading = Read("smtp.office365.com via BN8NAM12.mail.protection.outlook.com answered 421 4.3.2 Service not active");

        Assert.NotEqual(SymptomClass.ComponentInactive, reading.Class);
    }

    [Fact]
    public void A_name_that_is_in_no_inventory_is_asked_about_with_its_nearest_one()
    {
        var reading = Read("EX07 answers 421 4.3.2 Service not active");

        Assert.Empty(reading.Servers);
        var unknown = Assert.Single(reading.UnknownServers);
        Assert.Equal("EX07", unknown.Name);
        Assert.NotNull(unknown.Nearest);
        Assert.Equal("read.did-you-mean", reading.Ask?.Id);
    }

    [Theory]
    [InlineData("user1@ex03.contoso.com cannot send")]
    [InlineData("EX030 and AEX03 and EX03_OLD")]
    public void A_part_of_a_longer_word_is_no_server(string text) => Assert.Empty(Read(text).Servers);

    [Fact]
    public void Names_back_pressure_and_a_stopped_service()
    {
        Assert.Equal(SymptomClass.BackPressure, Read("EX03: 452 4.3.1 Insufficient system resources").Class);
        Assert.Equal(SymptomClass.TransportServiceDown, Read("MSExchangeTransport is stopped on EX03").Class);
        Assert.Equal(SymptomClass.TransportServiceDown, Read("EX03 の MSExchangeTransport サービスが停止しています").Class);
    }

    [Fact]
    public void The_language_is_the_texts_own()
    {
        Assert.Equal("en", Read("mail stays in Outbox").Language);
        Assert.Equal("ja", Read("EX03 でメールが届かない。421 4.3.2 Service not active").Language);
    }

    private static SymptomReading Read(string text) => SymptomReader.Read(text, Organization.Names);

    private static string Spanned(string text, SymptomReading reading, string kind, string value)
    {
        var signal = Assert.Single(reading.Signals, signal => signal.Kind == kind && signal.Value == value);
        return text.Substring(signal.Start, signal.Length);
    }
}
