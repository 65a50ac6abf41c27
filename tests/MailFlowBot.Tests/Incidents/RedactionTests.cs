using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Incidents;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Incidents;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("bounce for taro.yamada@contoso.com today", "bounce for [address] today")]
    [InlineData("<mailto:a+b=c@mail.contoso.co.jp>", "<mailto:[address]>")]
    [InlineData("RCPT TO:<alice@[192.0.2.7]>", "RCPT TO:<[address]>")]
    [InlineData("RCPT TO:<alice@contoso>", "RCPT TO:<[address]>")]
    [InlineData("\"bob the builder\"@contoso.com bounced", "[address] bounced")]
    [InlineData("田中さんのtaro@contoso.comへ届かない", "田中さんの[address]へ届かない")]
    [InlineData("ｔａｒｏ＠ｃｏｎｔｏｓｏ．ｃｏｍ宛", "[address]宛")]
    [InlineData("連絡先は山田@contoso.comです", "連絡先は[address]です")]
    [InlineData("{alice@contoso.com, bob@contoso.com}", "{[address], [address]}")]
    [InlineData("#550 5.1.1 RESOLVER.ADR.RecipNotFound alice@contoso.com", "#550 5.1.1 RESOLVER.ADR.RecipNotFound [address]")]
    [InlineData("IMCEAEX-_O=ORG_OU=GROUP_CN=alice@contoso.com", "[address]")]
    [InlineData("/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=alice bounced", "[address] bounced")]
    [InlineData("To: Alice Adams <alice@contoso.com>; Bob <bob@contoso.com> EX03 is down", "To: [address] EX03 is down")]
    [InlineData("宛先：山田 太郎 <taro@contoso.co.jp>", "宛先：[address]")]
    [InlineData("Recipients    : {alice@contoso.com}", "Recipients    : [address]")]
    public void Masks_recipients(string text, string expected)
    {
        Assert.Equal(expected, Redaction.Redact(text).Text);
        Assert.Equal(expected, Redaction.Redact(expected).Text);
    }

    [Theory]
    [InlineData("Subject: Q3 layoffs", "Subject: [subject]")]
    [InlineData("> subject: Q3 layoffs\nqueued on EX03", "> subject: [subject]\nqueued on EX03")]
    [InlineData("Subject: Q3\r\n layoffs and more\r\nqueued", "Subject: [subject]\r\nqueued")]
    [InlineData("stuck: Subject: Re: offer", "stuck: Subject: [subject]")]
    [InlineData("MessageSubject    : offer", "MessageSubject    : [subject]")]
    [InlineData("件名：人事異動について\n送信できません", "件名：[subject]\n送信できません")]
    [InlineData("件名「人事異動」のメールが届きません", "件名「[subject]」のメールが届きません")]
    [InlineData("the mail with subject \"offer to Fabrikam\" is stuck", "the mail with subject \"[subject]\" is stuck")]
    public void Masks_subjects(string text, string expected)
    {
        Assert.Equal(expected, Redaction.Redact(text).Text);
        Assert.Equal(expected, Redaction.Redact(expected).Text);
    }

    [Theory]
    [InlineData("from [203.0.113.9] by EX03", "from [ip] by EX03")]
    [InlineData("client 10.1.2.3:51234 disconnected.", "client [ip]:51234 disconnected.")]
    [InlineData("from 192.168.10.20.", "from [ip].")]
    [InlineData("送信元 １９２．１６８．０．１０ から", "送信元 [ip] から")]
    [InlineData("接続元は192.168.0.10です", "接続元は[ip]です")]
    [InlineData("EHLO [IPv6:2001:db8::25]", "EHLO [IPv6:[ip]]")]
    [InlineData("peer 2001:db8:0:1::1, fe80::1%eth0 and ::ffff:10.0.0.1", "peer [ip], [ip] and [ip]")]
    public void Masks_addresses_of_machines(string text, string expected)
    {
        Assert.Equal(expected, Redaction.Redact(text).Text);
        Assert.Equal(expected, Redaction.Redact(expected).Text);
    }

    [Theory]
    [InlineData("password=Summer2026!", "password=[secret]")]
    [InlineData("Password : Summer2026!, please check", "Password : [secret], please check")]
    [InlineData("pwd:hunter2", "pwd:[secret]")]
    [InlineData("\"password\": \"a b c\", \"user\": \"bob\"", "\"password\": \"[secret]\", \"user\": \"bob\"")]
    [InlineData("Server=sql1;User Id=sa;Password=p,w)d;Encrypt=True", "Server=sql1;User Id=sa;Password=[secret];Encrypt=True")]
    [InlineData("AccountName=x;AccountKey=abcdefghijkl0123456789==;EndpointSuffix=core", "AccountName=x;AccountKey=[secret];EndpointSuffix=core")]
    [InlineData("https://x.example/hook?sv=1&sig=abc%2Bdef123&se=2", "https://x.example/hook?sv=1&sig=[secret]&se=2")]
    [InlineData("https://bob:hunter2@proxy.contoso.com/x", "https://bob:[secret]@proxy.contoso.com/x")]
    [InlineData("パスワード：Ｓｕｍｍｅｒ２０２６", "パスワード：[secret]")]
    [InlineData("パスワードは Summer2026! です", "パスワードは [secret] です")]
    [InlineData("パスワード:さくら2026。試してください", "パスワード:[secret]。試してください")]
    [InlineData("暗証番号：4649です", "暗証番号：[secret]です")]
    [InlineData("合言葉：山 川 海", "合言葉：[secret]")]
    [InlineData("the password is Summer2026!", "the password is [secret]")]
    [InlineData("Password:\nSummer2026\nthanks", "Password:\n[secret]\nthanks")]
    [InlineData("passphrase: correct horse battery staple", "passphrase: [secret]")]
    [InlineData("-Credential bob -Password Summer2026", "-Credential bob -Password [secret]")]
    [InlineData("ConvertTo-SecureString 'Summer 2026' -AsPlainText -Force", "ConvertTo-SecureString '[secret]' -AsPlainText -Force")]
    [InlineData(@"net use \\EX03\c$ /user:CONTOSO\bob Summer2026", @"net use \\EX03\c$ /user:CONTOSO\bob [secret]")]
    [InlineData("AUTH PLAIN AGFsaWNlAGh1bnRlcjI=", "AUTH PLAIN [secret]")]
    [InlineData("AUTH LOGIN\n334 VXNlcm5hbWU6\nYWxpY2U=\n334 UGFzc3dvcmQ6\nU3VtbWVyMjAyNg==\n235 2.7.0", "AUTH LOGIN\n334 VXNlcm5hbWU6\n[secret]\n334 UGFzc3dvcmQ6\n[secret]\n235 2.7.0")]
    [InlineData("Authorization: Bearer abcdefghijkl0123456789.xyz", "Authorization: [secret]")]
    [InlineData("curl -H \"X: Bearer abcdefghijkl0123456789\"", "curl -H \"X: Bearer [secret]\"")]
    [InlineData("got eyJhbGciOiJub25l.eyJzdWIiOiJhbGljZSJ9.c2ln now", "got [secret] now")]
    [InlineData("キーはAKIAIOSFODNN7EXAMPLEです", "キーは[secret]です")]
    [InlineData("client_secret=abc.Q~defghijk", "client_secret=[secret]")]
    [InlineData("<Password>hunter2</Password>", "<Password>[secret]</Password>")]
    [InlineData("<add key=\"ApiKey\" value=\"abcdef123\"/>", "<add key=\"ApiKey\" value=\"[secret]\"/>")]
    [InlineData("a -----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY----- b", "a [secret] b")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEow\nabcd\nEX03 is down", "[secret]\nEX03 is down")]
    [InlineData("https://contoso.webhook.office.com/webhookb2/1-2@3/IncomingWebhook/4/5", "[secret]")]
    public void Masks_secrets_and_says_so(string text, string expected)
    {
        var redacted = Redaction.Redact(text);

        Assert.Equal(expected, redacted.Text);
        Assert.True(redacted.SecretSeen);
        Assert.Equal(expected, Redaction.Redact(expected).Text);
    }

    [Theory]
    [InlineData("421 4.3.2 Service not active")]
    [InlineData("EX03 runs 15.2.1544.4, AdminDisplayVersion Version 15.2 (Build 1544.4)")]
    [InlineData("Exchange 2007 Version 08.03.0083.006 and version 8.3.83.6, setup v15.1.32.4, 15.1.225.42")]
    [InlineData("バージョン 15.0.32.4、ビルド: 14.3.12.4")]
    [InlineData("1.3.6.1.5.5.7.3.1")]
    [InlineData("Bindings: 0.0.0.0:25, [::]:25, 127.0.0.1:2525, ::1")]
    [InlineData("02:40:31 2026-03-14T02:40:00.000Z 10:20:30:40")]
    [InlineData("[System.Net.Dns]::Add(1), std::dead, 00:1A:2B:3C:4D:5E")]
    [InlineData("@MailFlow users on EX03 say mail stays in Outbox")]
    [InlineData("3 mails@night, splat @params, foo @ bar")]
    [InlineData("the password is wrong, my password expired, password reset did not help")]
    [InlineData("Password: expired")]
    [InlineData("Password: ********")]
    [InlineData("-Password $pw -Credential $cred")]
    [InlineData("PublicKeyToken=31bf3856ad364e35, Culture=neutral")]
    [InlineData("パスワードは期限切れです。パスワードを変更しました")]
    [InlineData("パスワードはADと同じです")]
    [InlineData("basic troubleshooting-steps done, negotiate authentication-mechanism")]
    [InlineData("250-AUTH NTLM LOGIN")]
    [InlineData("535 5.7.3 Authentication unsuccessful")]
    [InlineData("Subject              : CN=mail.contoso.com, O=Contoso")]
    [InlineData("to the subject: users cannot send")]
    [InlineData("Received: from EX01.contoso.com by EX03.contoso.com with Microsoft SMTP Server (TLS) id 15.2.1544.4")]
    [InlineData("To: the on-call engineer")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----")]
    [InlineData("EX03 の MSExchangeTransport が停止。イベント ID 17018、HubTransport は Inactive です")]
    public void Leaves_what_an_incident_is_about(string text) => Assert.Equal(new Redacted(text, 0, SecretSeen: false), Redaction.Redact(text));

    [Fact]
    public void Counts_the_parts_and_does_not_call_an_address_a_secret()
    {
        var redacted = Redaction.Redact("from 10.0.0.1 to alice@contoso.com\nSubject: x");

        Assert.Equal(3, redacted.Count);
        Assert.False(redacted.SecretSeen);
    }

    [Fact]
    public void No_address_and_no_token_survives_whatever_stands_around_it()
    {
        string[] planted = ["alice@contoso.com", "AKIAIOSFODNN7EXAMPLE", "eyJhbGciOiJub25l.eyJzdWIiOiJhbGljZSJ9.c2ln"];
        var word = Gen.Elements(
            [.. planted, "password", "パスワード", "=", ":", "は", " ", "\n", "Subject", "件名", "10.0.0.1", "2001:db8::1", "\"", "'", "x9!", "「", "」",
                "Bearer abcdefghij0123456789", "-----BEGIN PRIVATE KEY-----", "-----END ", "334 ", "To", "[", "]", ";", "@", "/user:a", "eyJ", "山"]);
        var text = Gen.Select(Gen.ListOf(word), string.Concat).ToArbitrary();

        Prop.ForAll(text, t => !planted.Any(Redaction.Redact(t).Text.Contains)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("password=")]
    [InlineData("password is ")]
    [InlineData("パスワードは")]
    [InlineData("a@")]
    [InlineData("@a.bc")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("::")]
    [InlineData("Subject: \"")]
    [InlineData("subject \"")]
    [InlineData("To: a@b.cd ")]
    [InlineData("\nTo: ")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("Bearer 1")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("://a:")]
    [InlineData("/user:a ")]
    [InlineData("334 \n")]
    [InlineData("AUTH PLAIN ")]
    [InlineData("\"")]
    [InlineData(">")]
    [InlineData("/cn=Recipients/cn=")]
    [InlineData("山@")]
    public async Task A_million_hostile_characters_are_read_in_time(string pattern)
    {
        var text = new StringBuilder();
        while (text.Length < 1_000_000)
            text.Append(pattern);
        var hostile = text.ToString();

        // Anything that is not linear takes minutes here; linear rules take a fraction of a second.
        await Task.Run(() => Redaction.Redact(hostile)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [SkippableFact]
    public void Real_reports_keep_their_codes_and_versions()
    {
        var lines = File.ReadLines(References.Path("data/symptoms/dev.jsonl"));
        foreach (var line in lines)
        {
            var text = System.Text.Json.Nodes.JsonNode.Parse(line)!["text"]!.GetValue<string>();
            var masked = Redaction.Redact(text).Text;
            foreach (var code in new[] { "4.3.2", "5.7.1", "MSExchangeTransport", "HubTransport", "17018" })
                Assert.Equal(text.Split(code).Length, masked.Split(code).Length);
        }
    }
}
