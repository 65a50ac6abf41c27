using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class CertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailflowbot-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("bot.pfx")]
    [InlineData("bot.pem")]
    public async Task Proves_itself_with_a_signed_assertion_instead_of_a_secret(string name)
    {
        await using var authority = await FakeAuthority.StartAsync();
        var options = Options(authority.Address, Write(name));
        Assert.Empty(TeamsOptionsValidator.Faults(options, []));
        using var tokens = new ConnectorTokens(TeamsSettings.From(options).Registration!);
        Assert.Equal("connector-token-1", await tokens.GetAsync(default));
        var form = Assert.Single(authority.Asked);
        Assert.False(form.ContainsKey("client_secret"));
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        var claims = JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(form["client_assertion"].Split('.')[1])))!;
        Assert.Equal($"{TeamsFixture.AppId}", (string?)claims["iss"]);
    }

    [Theory]
    [InlineData("empty.pfx", "")]
    [InlineData("empty.pem", "")]
    [InlineData("words.pem", "no certificate")]
    public void Says_so_when_the_file_holds_no_certificate(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        var fault = Assert.Single(TeamsOptionsValidator.Faults(Options(new Uri("http://127.0.0.1:1/"), path), []));
        Assert.Equal("Teams:CertificatePath", fault.Key);
    }

    [Fact]
    public void A_certificate_without_its_private_key_is_no_proof()
    {
        var path = Path.Combine(_folder.FullName, "public.pem");
        using var certificate = Certificate();
        File.WriteAllText(path, certificate.ExportCertificatePem());
        Assert.Equal("Teams:CertificatePath", Assert.Single(TeamsOptionsValidator.Faults(Options(new Uri("http://127.0.0.1:1/"), path), [])).Key);
    }

    private static TeamsOptions Options(Uri authority, string path) => new()
    {
        AppId = $"{TeamsFixture.AppId}",
        TenantId = $"{TeamsFixture.Tenant}",
        CertificatePath = path,
        Authority = authority.AbsoluteUri,
    };

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mailflowbot.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var certificate = Certificate();
        using var key = certificate.GetRSAPrivateKey()!;
        if (name.EndsWith(".pfx", StringComparison.Ordinal))
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx));
        else
            File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
