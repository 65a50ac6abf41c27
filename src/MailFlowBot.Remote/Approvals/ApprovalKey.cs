using System.Security.Cryptography;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// An ECDSA P-256 key pair that signs decisions and grants, or the reports of an agent. Owns the private key; dispose it with its owner.
/// May be used by several threads.
/// </summary>
public sealed class ApprovalKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _use = new();

    private ApprovalKey(ECDsa key)
    {
        _key = key;
        Public = new TrustedKey(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The part that others pin.</summary>
    public TrustedKey Public { get; }

    public KeyId Id => Public.Id;

    public static ApprovalKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a PKCS #8 PEM file (RFC 7468 section 10).</summary>
    /// <exception cref="ApprovalFormatException">The file does not hold an unencrypted P-256 private key.</exception>
    public static ApprovalKey Load(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.ExportParameters(includePrivateParameters: true) is not { D: not null, Curve.Oid.Value: TrustedKey.P256 })
                throw new CryptographicException("The key is not on the curve P-256.");
            return new ApprovalKey(key);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new ApprovalFormatException(
                $"{path} holds no unencrypted P-256 private key as PKCS #8 PEM: {fault.Message} Restore it from a backup, or remove it "
                + "and have the new key trusted wherever the old one was.",
                fault);
        }
    }

    /// <summary>Writes the key to a new file that only its owner can read. An existing file is never overwritten.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public void Save(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(new FileStream(path, options));
        file.WriteLine(_key.ExportPkcs8PrivateKeyPem());
    }

    public Signature Sign(SigningPurpose purpose, ReadOnlySpan<byte> document)
    {
        var bytes = SigningPrefix.Before(purpose, document);
        // ECDsa promises nothing about concurrent use.
        lock (_use)
            return new Signature(HexText.Of(_key.SignData(bytes, HashAlgorithmName.SHA256)));
    }

    public void Dispose() => _key.Dispose();
}
