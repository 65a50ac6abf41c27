using MailFlowBot.Channels.Teams;
using Microsoft.Extensions.Configuration;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class TeamsOptionsTests
{
    private static readonly Uri Loopback = new("http://127.0.0.1:3978");
    private static readonly string Tenant = $"{TeamsFixture.Tenant}";

    private static TeamsOptions Good => new() { AppId = $"{TeamsFixture.AppId}", TenantId = Tenant, ClientSecret = "hush" };

    public static TheoryData<string, string[]> Cases => new()
    {
        { "nothing", [] },
        { "good", [] },
        { "managed identity", [] },
        { "app id is a name", ["Teams:AppId"] },
        { "no tenant", ["Teams:TenantId"] },
        { "tenant is a domain", ["Teams:TenantId"] },
        { "unknown type", ["Teams:AppType"] },
        { "no credential", ["Teams:ClientSecret"] },
        { "two credentials", ["Teams:ClientSecret", "Teams:CertificatePath"] },
        { "managed identity with secret", ["Teams:ClientSecret"] },
        { "no certificate there", ["Teams:CertificatePath"] },
        { "secret without app id", ["Teams:AppId"] },
        { "metadata on http", ["Teams:OpenIdMetadata"] },
        { "metadata on loopback", [] },
        { "authority is a word", ["Teams:Authority"] },
        { "authority with a path", ["Teams:Authority"] },
        { "authority with the tenant", [] },
        { "tenants are domains", ["Teams:AllowedTenants:0", "Teams:AllowedTenants:2"] },
        { "service URLs", ["Teams:AllowedServiceUrls:1", "Teams:AllowedServiceUrls:2"] },
        { "token is maybe", ["Teams:RequireToken"] },
        { "no tokens with registration", ["Teams:RequireToken"] },
        { "no tokens on loopback", [] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_faults_of_the_section(string what, string[] keys)
    {
        var options = what switch
        {
            "nothing" => new TeamsOptions(),
            "good" => Good,
            "managed identity" => Good with { ClientSecret = null, AppType = "managedidentity" },
            "app id is a name" => Good with { AppId = "MailFlowBot" },
            "no tenant" => Good with { TenantId = null },
            "tenant is a domain" => Good with { TenantId = "contoso.com" },
            "unknown type" => Good with { AppType = "MultiTenant" },
            "no credential" => Good with { ClientSecret = null },
            "two credentials" => Good with { CertificatePath = "/nowhere.pfx" },
            "managed identity with secret" => Good with { AppType = "ManagedIdentity" },
            "no certificate there" => Good with { ClientSecret = null, CertificatePath = "/nowhere.pem" },
            "secret without app id" => Good with { AppId = null },
            "metadata on http" => Good with { OpenIdMetadata = "http://login.example/keys" },
            "metadata on loopback" => Good with { OpenIdMetadata = "http://127.0.0.1:1/keys" },
            "authority is a word" => Good with { Authority = "common" },
            "authority with a path" => Good with { Authority = "https://login.example/a/b" },
            "authority with the tenant" => Good with { Authority = "https://login.example/{tenant}" },
            "tenants are domains" => Good with { AllowedTenants = ["contoso.com", Tenant, ""] },
            "service URLs" => Good with { AllowedServiceUrls = ["https://a/", "http://a/", "https://u@a/", "http://127.0.0.1:9/x"] },
            "token is maybe" => Good with { RequireToken = "maybe" },
            "no tokens with registration" => Good with { RequireToken = "false" },
            "no tokens on loopback" => new TeamsOptions { RequireToken = "false" },
            _ => throw new ArgumentException(what),
        };
        var faults = TeamsOptionsValidator.Faults(options, [Loopback]);
        Assert.Equal(keys, faults.Select(fault => fault.Key));
        Assert.All(faults, fault => Assert.NotEqual("", fault.Remedy));
        Assert.DoesNotContain("hush", string.Concat(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_all_faults_at_once()
    {
        var options = new TeamsOptions
        {
            AppId = "x",
            TenantId = "x",
            AppType = "x",
            OpenIdMetadata = "x",
            Authority = "x",
            AllowedTenants = ["x"],
            AllowedServiceUrls = ["x"],
            RequireToken = "x",
        };
        Assert.Equal(9, TeamsOptionsValidator.Faults(options, [Loopback]).Count);
    }

    [Fact]
    public void Tokens_are_never_off_where_strangers_reach()
    {
        var fault = Assert.Single(TeamsOptionsValidator.Faults(new TeamsOptions { RequireToken = "false" }, [Loopback, new Uri("http://0.0.0.0:3978")]));
        Assert.Equal("Teams:RequireToken", fault.Key);
    }

    [Fact]
    public void Reads_lists_as_children_or_as_one_value()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Teams:AppId"] = " x ",
            ["Teams:ClientSecret"] = "",
            ["Teams:AllowedTenants:0"] = "a",
            ["Teams:AllowedTenants:1"] = "b",
            ["Teams:Issuers"] = "c, d",
        }).Build();
        var options = TeamsOptions.From(configuration.GetSection(TeamsOptions.Section));
        Assert.Equal("x", options.AppId);
        Assert.Null(options.ClientSecret);
        Assert.Equal(["a", "b"], options.AllowedTenants);
        Assert.Equal(["c", "d"], options.Issuers);
    }

    [Fact]
    public void Never_prints_the_secret()
    {
        Assert.DoesNotContain("hush", Good.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", TeamsSettings.From(Good).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "https://api.botframework.com", "https://api.botframework.com/.default", "https://login.microsoftonline.com/")]
    [InlineData("https://login.botframework.azure.us/v1/.well-known/openidconfiguration", "https://api.botframework.us",
        "https://api.botframework.us/.default", "https://login.microsoftonline.us/")]
    [InlineData("https://login.botframework.azure.cn/v1/.well-known/openidconfiguration", "https://api.botframework.azure.cn",
        "https://api.botframework.azure.cn/.default", "https://login.partner.microsoftonline.cn/")]
    public void The_cloud_follows_from_its_metadata(string? metadata, string issuer, string scope, string login)
    {
        var settings = TeamsSettings.From(Good with { OpenIdMetadata = metadata });
        Assert.Equal([issuer], settings.Issuers);
        Assert.Equal(scope, settings.Registration!.Scope);
        Assert.Equal(login + Tenant, settings.Registration.Authority.AbsoluteUri);
        Assert.Equal([TeamsFixture.Tenant], settings.Tenants);
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/", true)]
    [InlineData("https://SMBA.trafficmanager.net/teams", true)]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams", true)]
    [InlineData("https://evil.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net:444/", false)]
    [InlineData("http://127.0.0.1:9/", false)]
    public void Sends_to_hosts_of_Teams_alone_by_default(string url, bool allowed)
    {
        Assert.True(ServiceUrl.TryParse(url, out var address));
        Assert.Equal(allowed, TeamsSettings.From(Good).ServiceUrls.Allows(address));
    }

    [Theory]
    [InlineData("https://a/x", "https://a/x/", true)]
    [InlineData("https://a/x", "https://A/x/y", true)]
    [InlineData("https://a/x", "https://a/xy", false)]
    [InlineData("https://a/x", "https://a/X/", false)]
    [InlineData("https://a/x", "https://a/x/../y", false)]
    [InlineData("https://a/x", "https://a/x/%2e%2e/y", false)]
    public void A_prefix_covers_what_lies_below_it(string prefix, string url, bool covered)
    {
        Assert.True(ServiceUrl.TryParse(prefix, out var outer));
        Assert.True(ServiceUrl.TryParse(url, out var inner));
        Assert.Equal(covered, outer.Covers(inner));
    }
}
