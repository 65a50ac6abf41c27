using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>What is recognised in a text, in the shapes in which people paste it.</summary>
public class SignalTests
{
    [Theory]
    [InlineData("Event ID: 15006\nSource: MSExchangeTransport", "MSExchangeTransport/15006")]
    [InlineData("事件源：MSExchangeTransport\n事件 ID：15007", "MSExchangeTransport/15007")]
    [InlineData("Ereignisquelle: MSExchangeTransport\nEreignis-ID: 15006", "MSExchangeTransport/15006")]
    [InlineData("Origen del evento: MSExchangeTransport\nId. del evento: 15006", "MSExchangeTransport/15006")]
    [InlineData("Source de l'événement : MSExchangeTransport\nID d'événement : 15004", "MSExchangeTransport/15004")]
    [InlineData("ソース: MSExchangeTransport\nイベント ＩＤ：１５００４", "MSExchangeTransport/15004")]
    [InlineData("events 7031 and 7034 from Service Control Manager", "Service Control Manager/7034")]
    [InlineData("<Provider Name=\"MSExchangeTransport\" /><EventID Qualifiers=\"49156\">12014</EventID>", "MSExchangeTransport/12014")]
    [InlineData("FIPFS error 5300", "FIPFS/5300")]
    [InlineData("MSExchange TransportService 1046", "MSExchange TransportService/1046")]
    public void An_event_is_its_source_and_its_id(string text, string value) => Assert.True(Read(text).HasSignal("event", value));

    [Theory]
    [InlineData("server.domain.com #5.0.0", "ndr", "5.0.0")]
    [InlineData("#550 5.1.1 RESOLVER.ADR.RecipientNotFound; not found ##", "ndr", "5.1.1")]
    [InlineData("'421 Service not available'", "smtp-code", "421")]
    [InlineData("EX03\\Poison      Undefined     Ready   14", "queue-state", "Poison=Ready")]
    [InlineData("EX03\\Poison Undefined Ready 0", "queue-state", "Poison=Ready empty")]
    [InlineData("EX03\\1234 SmtpDeliveryToMailbox Retry 77 0 DB03", "queue-state", "SmtpDeliveryToMailbox=Retry")]
    [InlineData("Stopped  MSExchangeTransport   Microsoft Exchange Transport", "service-state", "MSExchangeTransport=Stopped")]
    [InlineData("ServicesNotRunning : {MSExchangeSubmission, MSExchangeDelivery}", "service-health", "not-running")]
    [InlineData("DB03\\EX02   FailedAndSuspended  0 12", "copy-state", "FailedAndSuspended")]
    [InlineData("LastError : 432 4.3.2 STOREDRV; mailbox server is offline", "diagnostic", "STOREDRV")]
    [InlineData("Microsoft Exchange トランスポート サービス", "service", "MSExchangeTransport")]
    [InlineData("Version 15.2 (Build 15.2.2562.17)", "version", "SE")]
    [InlineData("15.02.1118.007", "version", "2019")]
    [InlineData("Ex2016 CU 23", "update", "CU23")]
    [InlineData("since 10:30 PM", "time", "10:30 PM")]
    [InlineData("Get-MailboxStatistics", "other-cmdlet", "get-mailboxstatistics")]
    [InlineData("LED=421 4.2.1; PRX2", "diagnostic", "PRX")]
    public void Names_and_states_are_recognised(string text, string kind, string value) => Assert.True(Read(text).HasSignal(kind, value));

    [Fact]
    public void Lines_of_one_session_are_joined_though_another_lies_between()
    {
        const string text = """
            2024-03-01T21:08:37.536Z,08D03F2DE58E0D71,SMTP,internalproxy,+,Undefined 00000000;QueueLength=0
            2024-03-01T21:08:37.537Z,08D03F2DE58E0D99,SMTP,elsewhere,+,Undefined 00000000;QueueLength=0
            2024-03-01T21:08:37.583Z,08D03F2DE58E0D71,SMTP,internalproxy,-,Messages: 0 Bytes: 0 (Retry : Service not active)
            """;

        var sessions = Read(text).Signals.Where(signal => signal.Kind == "log-session").ToList();

        Assert.Equal(2, sessions.Count);
        Assert.Equal("SMTP internalproxy: Messages: 0 Bytes: 0 (Retry : Service not active)", sessions[0].Value);
        Assert.Equal((0, text.TrimEnd().Length), (sessions[0].Start, sessions[0].Length));
    }

    [Theory]
    [InlineData("220 OLD03 Microsoft ESMTP MAIL Service, Version: 6.0.3790.4675 ready\n250-OLD03 Hello\n250-TURN\n250-SIZE\n250-ETRN\n250-DSN\n250-VRFY\n250 OK", "no-exchange-verbs")]
    [InlineData("250-SIZE 37748736\n250-PIPELINING\n250-DSN\n250-X-ANONYMOUSTLS\n250-8BITMIME\n250-CHUNKING\n250 XRDST", "no-starttls")]
    [InlineData("250  EX03.corp.example Hello [10.0.0.1] SIZE 37748736 PIPELINING DSN X-ANONYMOUSTLS 8BITMIME CHUNKING XRDST", "no-starttls")]
    public void What_an_answer_to_EHLO_lacks_is_told_by_the_age_of_the_server(string text, string value) => Assert.True(Read(text).HasSignal("ehlo", value));

    [Fact]
    public void A_later_server_that_offers_STARTTLS_lacks_nothing()
    {
        var reading = Read("220 EX03 Microsoft ESMTP MAIL Service ready\n250-SIZE\n250-PIPELINING\n250-DSN\n250-STARTTLS\n250-X-ANONYMOUSTLS\n250 XRDST");

        Assert.True(reading.HasSignal("ehlo", "answer"));
        Assert.DoesNotContain(reading.Signals, signal => signal.Kind == "ehlo" && signal.Value != "answer");
    }

    [Theory]
    [InlineData("Warteschlange", "mail-queues", "Mails bleiben in der Ausgangswarteschlange hängen")]
    [InlineData("Accents", "mail-stays", "les messages restent dans les Brouillons")]
    [InlineData("No accents", "maintenance", "sigue en modo de mantenimiento")]
    [InlineData("Acute for apostrophe", "transport-service-down", "the transport service won´t start")]
    public void A_phrase_holds_in_other_languages_and_spellings(string what, string phrase, string text)
    {
        Assert.NotEmpty(what);
        Assert.True(Read(text).HasSignal("phrase", phrase));
    }

    [Theory]
    [InlineData("postfix says: connect to mx.example.org: Connection timed out", "read.declined-mail-server")]
    [InlineData("Outlook keeps asking for my password since the last Office update", "read.declined-client")]
    [InlineData("RabbitMQ moves messages to the dead letter queue", "read.declined-message-broker")]
    [InlineData("our Microsoft 365 tenant shows an advisory in the admin center", "read.declined-exchange-online")]
    [InlineData("nodemailer: Invalid login, how to configure it", "read.declined-program")]
    public void What_is_not_ours_is_declined_with_a_reason(string text, string reason)
    {
        var reading = Read(text);

        Assert.Equal(SymptomClass.NoneOfOurs, reading.Class);
        Assert.Equal(reason, reading.Declined?.Id);
    }

    [Fact]
    public void An_open_reading_asks_what_would_decide_for_its_best_candidate() =>
        Assert.Equal("read.ask-database-unavailable", Read("copies: see Get-MailboxDatabaseCopyStatus").Ask?.Id);

    private static SymptomReading Read(string text) => SymptomReader.Read(text, Organization.Names);
}
