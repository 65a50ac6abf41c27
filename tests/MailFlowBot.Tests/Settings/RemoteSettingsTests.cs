using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailFlowBot.Channels;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Settings;
using MailFlowBot.Testing;
using Microsoft.Extensions.Configuration;

namespace MailFlowBot.Tests.Settings;

/// <summary>The configuration of a real organisation.</summary>
public sealed class RemoteSettingsTests : IDisposable
{
    private const string Template = "https://{server}.contoso.example/PowerShell/";

    private static readonly (string, string)[] Whole =
    [
        ("Organization:Mode", "Remote"), ("Organization:Servers:0", "EX01"), ("Organization:Servers:1", "EX02"),
        ("Organization:Exchange:Endpoint", Template),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailflowbot-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_further_words_it_is_kerberos_with_the_ticket_cache_on_every_server()
    {
        var settings = Good(Whole);
        var endpoint = settings.Remote!.Exchange.For(new ServerName("EX02"));

        Assert.Equal(new Uri("https://ex02.contoso.example/PowerShell/"), endpoint.Address);
        Assert.Equal((AuthenticationKind.Kerberos, null, null), (endpoint.Credentials.Kind, endpoint.Credentials.UserName, endpoint.Credentials.Password));
        Assert.Equal("Microsoft.Exchange", settings.Remote.Exchange.ConfigurationName);
        Assert.Null(settings.Remote.Windows);
    }

    [Fact]
    public void Nobody_may_ask_or_approve_unless_listed_and_that_is_said()
    {
        var settings = Good(Whole);

        Assert.Empty(settings.Access.Readers);
        Assert.Empty(settings.Access.Approvers);
        Assert.Equal(["Access:Readers", "Agent:Policy", "Approvals:Approvers"], settings.Warnings.Select(warning => warning.Key).Order(StringComparer.Ordinal));
        Assert.All(settings.Warnings, warning => Assert.NotEmpty(warning.Remedy));
    }

    [Fact]
    public void Without_a_policy_the_agent_denies_everything()
    {
        var policy = Good(Whole).Agent!.Policy;

        Assert.Empty(policy.Operations);
        Assert.Empty(policy.Approvers(ChangeClass.A));
        Assert.Equal(0, policy.ChangesPerHour);
    }

    [Fact]
    public void Every_value_of_an_endpoint_is_taken()
    {
        Environment.SetEnvironmentVariable("MAILFLOWBOT_TEST_PASSWORD", "hush");
        var settings = Good(
            [
                .. Whole, ("Organization:Windows:Endpoint", "https://{server}.contoso.example:5986/wsman"), ("Organization:Windows:Authentication", "basic"),
                ("Organization:Windows:User", "bot@contoso.example"), ("Organization:Windows:PasswordVariable", "MAILFLOWBOT_TEST_PASSWORD"),
                ("Organization:Windows:ConfigurationName", "MailFlowBot.JEA"), ("Organization:Windows:Spn", "HTTP/{server}.contoso.example"),
                ("Organization:Windows:RedirectHosts", "a.contoso.example, b.contoso.example"), ("Organization:Windows:Proxy", "http://proxy.contoso.example:3128"),
                ("Organization:Windows:TrustedRoots", Roots()), ("Organization:Windows:Servers:0", "EX02"),
            ]);
        var windows = settings.Remote!.Windows!;
        var endpoint = windows.For(new ServerName("EX02"));

        Assert.Equal("MailFlowBot.JEA", windows.ConfigurationName);
        Assert.Equal(("bot@contoso.example", "HTTP/EX02.contoso.example"), (endpoint.Credentials.UserName, endpoint.Credentials.ServicePrincipal));
        Assert.NotNull(endpoint.Credentials.Password);
        Assert.Equal(["a.contoso.example", "b.contoso.example"], endpoint.RedirectHosts);
        Assert.Equal(new Uri("http://proxy.contoso.example:3128"), endpoint.Proxy);
        Assert.Equal("CN=Test authority", Assert.Single(endpoint.TrustedRoots!).Subject);
        Assert.Equal([new ServerName("EX02")], settings.Remote.WindowsServers);
        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Smtp_is_probed_only_where_it_is_said_where()
    {
        Assert.Null(Good(Whole).Remote!.SmtpProbe);
        Assert.NotNull(Good([.. Whole, ("Organization:SmtpProbe", "{Server}.contoso.example")]).Remote!.SmtpProbe);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Organization:Mode", "Real", "Organization:Mode" },
        { "Organization:Servers:1", "ex 02", "Organization:Servers:1" },
        { "Organization:Exchange:Endpoint", "", "Organization:Exchange:Endpoint" },
        { "Organization:Exchange:Endpoint", "mail.contoso.example", "Organization:Exchange:Endpoint" },
        { "Organization:Exchange:Endpoint", "https://mail.contoso.example/PowerShell/", "Organization:Exchange:Endpoint" },
        { "Organization:Exchange:Endpoint", "https://bot:hush@{server}.contoso.example/PowerShell/", "Organization:Exchange:Endpoint" },
        { "Organization:Exchange:Authentication", "CredSSP", "Organization:Exchange:Authentication" },
        { "Organization:Exchange:Authentication", "Basic", "Organization:Exchange:User" },
        { "Organization:Exchange:Authentication", "Certificate", "Organization:Exchange:Certificate" },
        { "Organization:Exchange:Endpoint", "http://127.0.0.1/{server}/PowerShell/", "Organization:Exchange:Endpoint" },
        { "Organization:Exchange:User", "bot@contoso.example", "Organization:Exchange:User" },
        { "Organization:Exchange:PasswordVariable", "MAILFLOWBOT_TEST_NO_SUCH_VARIABLE", "Organization:Exchange:PasswordVariable" },
        { "Organization:Exchange:TrustedRoots", "/no/such/file.pem", "Organization:Exchange:TrustedRoots" },
        { "Organization:Exchange:Proxy", "proxy", "Organization:Exchange:Proxy" },
        { "Organization:SmtpProbe", "mail.contoso.example", "Organization:SmtpProbe" },
        { "Organization:SmtpProbe", "https://{server}.contoso.example", "Organization:SmtpProbe" },
        { "Organization:Windows:Authentication", "Kerberos", "Organization:Windows:Endpoint" },
        { "Agent:Policy", "/no/such/policy.json", "Agent:Policy" },
        { "Agent:TrustedKeys:0", "/no/such/key.pem", "Agent:TrustedKeys:0" },
        { "Lab:HeldAfterSeconds", "1", "Lab:HeldAfterSeconds" },
        { "Teams:AppId", "5ea1ab1e-0000-4000-8000-000000000001", "Agent:AcceptInProcessRisk" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_told_with_its_key_and_the_remedy(string key, string value, string told)
    {
        var (settings, faults) = Read([.. Whole, (key, value)]);

        Assert.Null(settings);
        var fault = Assert.Single(faults, fault => fault.Key == told);
        Assert.NotEmpty(fault.Remedy);
        Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://{server}.contoso.example/PowerShell/", "Basic", false)]
    [InlineData("http://{server}.contoso.example/PowerShell/", "None", false)]
    [InlineData("http://{server}.contoso.example/PowerShell/", "Kerberos", true)]
    [InlineData("http://127.0.0.1:5000/{server}/PowerShell/", "Basic", true)]
    [InlineData("http://localhost:5000/{server}/PowerShell/", "None", true)]
    public void What_would_send_secrets_in_the_clear_is_refused(string endpoint, string authentication, bool good)
    {
        var (_, faults) = Read(
            [
                .. Whole, ("Organization:Exchange:Endpoint", endpoint), ("Organization:Exchange:Authentication", authentication),
                ("Organization:Exchange:User", "bot"), ("Organization:Exchange:Password", "hush"),
            ]);

        Assert.Equal(good ? [] : ["Organization:Exchange:Authentication"], faults.Select(fault => fault.Key));
    }

    [Fact]
    public void A_password_never_stands_in_two_places()
    {
        var (_, faults) = Read([.. Whole, ("Organization:Exchange:User", "bot"), ("Organization:Exchange:Password", "hush"), ("Organization:Exchange:PasswordVariable", "PATH")]);

        Assert.Equal("Organization:Exchange:PasswordVariable", Assert.Single(faults).Key);
    }

    [Fact]
    public void A_client_certificate_is_taken_with_its_private_key()
    {
        var path = Path.Combine(_folder.FullName, "client.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");

        var settings = Good([.. Whole, ("Organization:Exchange:Authentication", "Certificate"), ("Organization:Exchange:Certificate", path)]);

        Assert.True(settings.Remote!.Exchange.Credentials.Certificate!.HasPrivateKey);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Playground_people_only_look_at_a_real_organisation_unless_the_policy_says_laboratory(bool lab, bool readOnly) =>
        Assert.Equal(readOnly, Good([.. Whole, ("Agent:Policy", Policy(lab))]).ReadOnly);

    [Fact]
    public void A_laboratory_may_wait_for_less_long()
    {
        var limits = Good([.. Whole, ("Agent:Policy", Policy(lab: true)), ("Lab:HeldAfterSeconds", "2"), ("Lab:RepeatAfterSeconds", "0")]).Agent!.Limits;

        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.Zero), (limits.HeldAfter, limits.RepeatAfter));
    }

    [Fact]
    public void The_policy_names_the_organisation_and_another_name_is_a_fault()
    {
        Assert.Equal("contoso", Good([.. Whole, ("Agent:Policy", Policy(lab: false))]).OrganizationId);

        var (_, faults) = Read([.. Whole, ("Agent:Policy", Policy(lab: false)), ("Organization:Id", "fabrikam")]);
        Assert.Equal("Organization:Id", Assert.Single(faults).Key);
    }

    [Fact]
    public void A_policy_with_a_member_that_nobody_knows_is_refused()
    {
        var path = Policy(lab: false);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"policy\"", "\"allowAll\":true,\"policy\"", StringComparison.Ordinal));

        var (_, faults) = Read([.. Whole, ("Agent:Policy", path)]);

        Assert.Contains("allowAll", Assert.Single(faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_in_the_document_of_formats_is_one()
    {
        var line = File.ReadLines(Path.Combine(References.Root, "docs", "formats.md")).Single(line => line.StartsWith("{\"policy\"", StringComparison.Ordinal));

        var policy = AgentPolicy.FromJson(Encoding.UTF8.GetBytes(line));

        Assert.Equal(("contoso", false), (policy.Organization.Value, policy.Lab));
        Assert.NotNull(policy.Hours);
    }

    [Fact]
    public void A_bot_in_teams_shares_its_process_with_the_agent_only_when_somebody_accepted_that()
    {
        var settings = Good(
            [.. Whole, ("Teams:AppId", $"{Guid.NewGuid()}"), ("Http:Internal", "http://127.0.0.1:3979"), ("Agent:AcceptInProcessRisk", "true")]);

        Assert.True(settings.Agent!.RiskAccepted);
        Assert.False(settings.ReadOnly);
    }

    private string Policy(bool lab)
    {
        var path = Path.Combine(_folder.FullName, "policy.json");
        var policy = SimulatedPolicy.For(new OrganizationId("contoso"), [new ServerName("EX01")], KeyId.Of("key"u8)) with { Lab = lab };
        File.WriteAllText(path, policy.ToJson().ToJsonString());
        return path;
    }

    private string Roots()
    {
        var path = Path.Combine(_folder.FullName, "roots.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(path, root.ExportCertificatePem(), Encoding.ASCII);
        return path;
    }

    private static BotSettings Good((string, string)[] values)
    {
        var (settings, faults) = Read(values);
        Assert.Empty(faults);
        return settings!;
    }

    // Later values take the place of earlier ones, as the environment does with a file.
    private static (BotSettings? Settings, IReadOnlyList<SettingFault> Faults) Read((string Key, string Value)[] values)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
            last[key] = value;
        return new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(last).Build(), Cast.All, Cast.Tenant).Read();
    }
}
