using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Get-ExchangeCertificate of one server. Over remote sessions it leaves properties out, often all but the certificate itself
/// (RawData), so that comes first; the rest is told or not told.
/// </summary>
internal sealed record CertificatesCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.GetExchangeCertificate, new PsParameter(CmdletNames.Server, On.Value))])
{
    // Arbitrary: a certificate with some hundred names has 10 KB.
    private const int MostBytes = 256 * 1024;

    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        var certificates = new List<CertificateReading>();
        foreach (var from in objects)
        {
            // Identity is SERVER\THUMBPRINT. Without it the command speaks for itself: it asks the named server, whoever runs it; and
            // where a client noted the session's computer, that must agree.
            var named = Property.Text(from, "Identity")?.Contains('\\', StringComparison.Ordinal) == true ? "Identity" : "PSComputerName";
            if (Property.Text(from, named) is not null && Property.Misplaced(On, [from], named) is { } misplaced)
                return misplaced;
            if (Certificate(from) is not { } certificate)
                return CmdletAnswer.Unreadable("A certificate could not be read.");
            certificates.Add(certificate);
        }

        return certificates.Count == 0
            ? CmdletAnswer.Unreadable("No certificate was listed.")
            : new CmdletAnswer.Found(new CertificatesFact(On, certificates), On.Value);
    }

    private static CertificateReading? Certificate(PsObject from)
    {
        var told = new CertificateReading(
            Property.Text(from, "Thumbprint") ?? Property.Text(from, "Identity")?.Split('\\')[^1] ?? "",
            Property.Text(from, "Subject"),
            Property.Texts(from, "CertificateDomains") ?? [],
            Property.Instant(from, "NotAfter"),
            Property.Flags(from, "Services"),
            Property.Flag(from, "HasPrivateKey"),
            Property.Text(from, "Status"),
            Property.Flag(from, "IsSelfSigned"));
        if (PsObject.Unwrap(from["RawData"]) is not byte[] { Length: > 0 and <= MostBytes } raw)
            return told.Thumbprint.Length == 0 ? null : told;
        try
        {
            return Whole(raw, told);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CertificateReading Whole(byte[] raw, CertificateReading told)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(raw);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames());
        return told with
        {
            Thumbprint = certificate.Thumbprint,
            Subject = certificate.Subject,
            Domains = told.Domains.Count > 0 ? told.Domains : [.. names],
            NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            SelfSigned = told.SelfSigned ?? certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
        };
    }
}
