using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailFlowBot.Settings;

/// <summary>Certificates as files hold them.</summary>
internal static class ClientCertificateFile
{
    /// <exception cref="CryptographicException">The file holds no certificate with a private key, or the password is wrong.</exception>
    public static X509Certificate2 Load(string path, string? password)
    {
        var isPem = File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal);
        var certificate = isPem ? FromPem(path, password) : X509CertificateLoader.LoadPkcs12FromFile(path, password);
        return certificate.HasPrivateKey ? certificate : throw new CryptographicException("it holds no private key");
    }

    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static X509Certificate2Collection LoadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        if (File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal))
            roots.ImportFromPemFile(path);
        else
            roots.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        return roots.Count > 0 ? roots : throw new CryptographicException("it holds no certificate");
    }

    private static X509Certificate2 FromPem(string path, string? password) => password is null
        ? X509Certificate2.CreateFromPemFile(path)
        : X509Certificate2.CreateFromEncryptedPemFile(path, password);
}
