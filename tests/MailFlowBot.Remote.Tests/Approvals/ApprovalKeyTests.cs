using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Tests.Approvals;

public sealed class ApprovalKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailflowbot-keys").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_key_is_the_same_key_and_readable_by_its_owner_only()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var key = ApprovalKey.Create();

        key.Save(path);
        using var loaded = ApprovalKey.Load(path);

        Assert.Equal(key.Id, loaded.Id);
        Assert.True(key.Public.Verifies(SigningPurpose.Grant, "x"u8, loaded.Sign(SigningPurpose.Grant, "x"u8)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void An_existing_key_is_never_overwritten()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var key = ApprovalKey.Create();
        key.Save(path);
        Assert.Throws<IOException>(() => key.Save(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void A_file_without_a_key_is_a_clear_fault(string text)
    {
        var path = Path.Combine(_folder, "broken.pem");
        File.WriteAllText(path, text);
        Assert.Contains(path, Assert.Throws<ApprovalFormatException>(() => ApprovalKey.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_alone_cannot_be_loaded_as_a_signing_key()
    {
        using var key = ApprovalKey.Create();
        var path = Path.Combine(_folder, "public.pem");
        File.WriteAllText(path, key.Public.ToPem());
        Assert.Throws<ApprovalFormatException>(() => ApprovalKey.Load(path));
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        var path = Path.Combine(_folder, "p384.pem");
        File.WriteAllText(path, other.ExportPkcs8PrivateKeyPem());
        Assert.Throws<ApprovalFormatException>(() => ApprovalKey.Load(path));
        Assert.Throws<ApprovalFormatException>(() => TrustedKey.FromPem(other.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void A_private_key_or_anything_else_is_no_trusted_key()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var text in new[] { "", "ssh-rsa AAAA", key.ExportPkcs8PrivateKeyPem(), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----" })
            Assert.Throws<ApprovalFormatException>(() => TrustedKey.FromPem(text));
        Assert.Throws<ApprovalFormatException>(() => new TrustedKey([.. key.ExportSubjectPublicKeyInfo(), 0]));
    }

    [Fact]
    public void A_signature_holds_for_its_purpose_and_its_bytes_only()
    {
        using var key = ApprovalKey.Create();
        var signature = key.Sign(SigningPurpose.Decision, "abc"u8);

        Assert.True(key.Public.Verifies(SigningPurpose.Decision, "abc"u8, signature));
        Assert.False(key.Public.Verifies(SigningPurpose.Grant, "abc"u8, signature));
        Assert.False(key.Public.Verifies(SigningPurpose.Decision, "abd"u8, signature));
        Assert.False(key.Public.Verifies(SigningPurpose.Decision, "abc"u8, default));
    }

    [Fact]
    public void A_key_id_is_the_start_of_the_digest_of_the_public_key()
    {
        using var key = ApprovalKey.Create();
        Assert.Equal(32, key.Id.Value.Length);
        Assert.Equal(key.Id, TrustedKey.FromPem(key.Public.ToPem()).Id);
    }
}
