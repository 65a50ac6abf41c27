using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailFlowBot.Channels.Teams;

/// <summary>Reads the certificate of the registration.</summary>
internal static class BotCertificate
{
    private static readonly string[] Pkcs12 = [".pfx", ".p12"];

    /// <summary>Null when there is no certificate with a private key at that path.</summary>
    public static X509Certificate2? Load(string path)
    {
        try
        {
            var certificate = Pkcs12.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                ? X509CertificateLoader.LoadPkcs12FromFile(path, password: null)
                : X509Certificate2.CreateFromPemFile(path);
            if (certificate.HasPrivateKey)
                return certificate;
            certificate.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
