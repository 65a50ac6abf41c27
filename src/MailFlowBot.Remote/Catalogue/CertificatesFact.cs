namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// A certificate as Get-ExchangeCertificate shows it, which over remote sessions leaves properties out: each null was not told and is
/// never taken for a bad or a good value.
/// </summary>
public sealed record CertificateReading(
    string Thumbprint, string? Subject, IReadOnlyList<string> Domains, DateTimeOffset? NotAfter, IReadOnlyList<string>? Services,
    bool? HasPrivateKey, string? Status, bool? SelfSigned);

/// <summary>Paths: <c>THUMBPRINT/status</c>.</summary>
public sealed record CertificatesFact(ServerName Server, IReadOnlyList<CertificateReading> Certificates) : Fact
{
    public override string? Value(string path)
    {
        var (thumbprint, part) = Split(path);
        return part == "status"
            ? Certificates.FirstOrDefault(found => found.Thumbprint.Equals(thumbprint, StringComparison.OrdinalIgnoreCase))?.Status
            : null;
    }
}
