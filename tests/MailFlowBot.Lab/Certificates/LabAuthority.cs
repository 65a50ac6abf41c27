using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailFlowBot.Lab.Accounts;

namespace MailFlowBot.Lab.Certificates;

/// <summary>The lab's own certificate authority, made anew at every start, and what it issues.</summary>
internal sealed class LabAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _root;

    public LabAuthority(TimeProvider time)
    {
        _now = time.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MailFlowBot lab authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(_now.AddYears(-2), _now.AddDays(30));
        Root = X509CertificateLoader.LoadCertificate(_root.RawData);
        Server = ForServer(_now.AddDays(-1), _now.AddDays(14));
        Expired = ForServer(_now.AddDays(-30), _now.AddDays(-1));
        Clients = LabAccount.All.ToDictionary(account => account, ForClient);
    }

    /// <summary>What clients are to trust, without its private key.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>For localhost, 127.0.0.1 and the servers' names in the lab's domain.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The same, but over since yesterday.</summary>
    public X509Certificate2 Expired { get; }

    /// <summary>Client certificates; the account's user principal name is in the subject alternative name.</summary>
    public IReadOnlyDictionary<LabAccount, X509Certificate2> Clients { get; }

    /// <summary>Whether a client's certificate is one of ours; the account that it stands for.</summary>
    public LabAccount? AccountOf(X509Certificate2? certificate)
    {
        if (certificate is null)
            return null;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) ? LabAccount.Named(certificate.GetNameInfo(X509NameType.UpnName, false)) : null;
    }

    /// <summary>Writes the root as PEM and each client certificate as PEM with its key.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(RootFile(folder), Root.ExportCertificatePem());
        foreach (var (account, certificate) in Clients)
        {
            using var key = certificate.GetECDsaPrivateKey()!;
            WriteForOwner(ClientFile(folder, account), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }
    }

    public static string RootFile(string folder) => Path.Combine(folder, "lab-root.pem");

    public static string ClientFile(string folder, LabAccount account) => Path.Combine(folder, $"{account.Name}.pem");

    public void Dispose()
    {
        _root.Dispose();
        Root.Dispose();
        Server.Dispose();
        Expired.Dispose();
        foreach (var certificate in Clients.Values)
            certificate.Dispose();
    }

    private static void WriteForOwner(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var to = new StreamWriter(file, options);
        to.Write(text);
    }

    private X509Certificate2 ForServer(DateTimeOffset from, DateTimeOffset to)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName($"*.{LabAccount.Domain}");
        names.AddIpAddress(IPAddress.Loopback);
        return Issue("CN=localhost", ServerAuthentication, names, from, to);
    }

    private X509Certificate2 ForClient(LabAccount account)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUserPrincipalName(account.UserName);
        return Issue($"CN={account.Name}", ClientAuthentication, names, _now.AddDays(-1), _now.AddDays(14));
    }

    private X509Certificate2 Issue(
        string subject, string usage, SubjectAlternativeNameBuilder names, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, from, to, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        // Through PKCS #12, since Windows' TLS takes no key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
