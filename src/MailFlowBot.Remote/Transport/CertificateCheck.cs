using System.Globalization;
using System.Net.Security;
using System.Security.Authentication.ExtendedProtection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailFlowBot.Remote.Transport;

/// <summary>Decides on the server's certificate of one connection and remembers why it was refused, and what it binds.</summary>
internal sealed class CertificateCheck(HttpEndpoint endpoint)
{
    private SslStream? _tls;

    /// <summary>What is wrong with the certificate; null while nothing is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What a security context is bound to, so that it is of no use over another connection (RFC 5929, tls-server-end-point).</summary>
    public ChannelBinding? Binding => _tls?.TransportContext.GetChannelBinding(ChannelBindingKind.Endpoint);

    /// <summary>TLS as this endpoint wants it.</summary>
    public SslClientAuthenticationOptions Options()
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Accept };
        if (endpoint.TrustedRoots is { } roots)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
            options.CertificateChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        if (endpoint.Credentials is { Kind: AuthenticationKind.Certificate, Certificate: { } mine })
            options.ClientCertificateContext = SslStreamCertificateContext.Create(mine, additionalCertificates: null, offline: true);
        return options;
    }

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _tls = sender as SslStream;
        Refusal = errors == SslPolicyErrors.None ? null : Describe(certificate as X509Certificate2, chain, errors);
        return errors == SslPolicyErrors.None;
    }

    private string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "shows no certificate";
        var flags = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add($"shows a certificate for another name ({Names(certificate)}) than {endpoint.Address.Host}");
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            reasons.Add($"shows a certificate that is not valid now but from {Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}, or its issuer is not");
        if ((flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
            reasons.Add($"shows a certificate of an authority that is not trusted ({certificate.Issuer})");
        var others = flags & ~(X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain);
        if (others != X509ChainStatusFlags.NoError || reasons.Count == 0)
            reasons.Add($"shows a certificate that cannot be trusted ({others})");
        return string.Join(", and ", reasons);
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).Take(5).ToList();
        return names.Count == 0 ? certificate.Subject : string.Join(", ", names);
    }

    private static string Day(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
