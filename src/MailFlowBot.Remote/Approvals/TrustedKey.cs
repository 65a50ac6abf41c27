using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MailFlowBot.Remote.Approvals;

/// <summary>A public ECDSA P-256 key (SubjectPublicKeyInfo, RFC 5480) that somebody decided to trust.</summary>
public sealed class TrustedKey
{
    /// <summary>Object identifier of the curve P-256 (RFC 5480 2.1.1.1).</summary>
    internal const string P256 = "1.2.840.10045.3.1.7";

    private const string Label = "PUBLIC KEY";

    private readonly ImmutableArray<byte> _spki;

    /// <exception cref="ApprovalFormatException">Not a P-256 key.</exception>
    public TrustedKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            if (read != subjectPublicKeyInfo.Length || key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != P256)
                throw new CryptographicException("It is not one key on the curve P-256.");
        }
        catch (CryptographicException fault)
        {
            throw new ApprovalFormatException($"This is no public P-256 key: {fault.Message}", fault);
        }

        _spki = [.. subjectPublicKeyInfo];
        Id = KeyId.Of(subjectPublicKeyInfo);
    }

    public KeyId Id { get; }

    /// <exception cref="ApprovalFormatException">Not a P-256 public key as PEM (RFC 7468 section 13).</exception>
    public static TrustedKey FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != Label)
            throw new ApprovalFormatException($"The text holds no PEM block '{Label}'.");
        return new TrustedKey(Convert.FromBase64String(pem[fields.Base64Data]));
    }

    public string ToPem() => PemEncoding.WriteString(Label, _spki.AsSpan());

    public bool Verifies(SigningPurpose purpose, ReadOnlySpan<byte> document, Signature signature)
    {
        // The default value stands for "not signed".
        if (signature.Value.Length == 0)
            return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_spki.AsSpan(), out _);
        return key.VerifyData(
            SigningPrefix.Before(purpose, document), Convert.FromHexString(signature.Value), HashAlgorithmName.SHA256);
    }
}
