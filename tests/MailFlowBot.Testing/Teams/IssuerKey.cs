using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MailFlowBot.Testing.Teams;

/// <summary>A signing key of the fake issuer.</summary>
public sealed class IssuerKey : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public IssuerKey(string id, params string[] endorsements)
    {
        Id = id;
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        Published = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            ["endorsements"] = new JsonArray([.. endorsements.Select(name => JsonValue.Create(name))]),
        };
    }

    public string Id { get; }

    /// <summary>The key as it stands in the key set.</summary>
    public JsonObject Published { get; }

    /// <summary>The public key as an attacker would use it for an HS256 signature.</summary>
    public byte[] PublicBytes => _rsa.ExportSubjectPublicKeyInfo();

    /// <summary>A compact JWS over exactly these members.</summary>
    public string Sign(JsonObject header, JsonNode payload) =>
        Compact(header, payload, bytes => _rsa.SignData(bytes, HashOf(header), RSASignaturePadding.Pkcs1));

    /// <summary>A compact JWS with any signature at all.</summary>
    public static string Compact(JsonObject header, JsonNode payload, Func<byte[], byte[]> sign)
    {
        var head = $"{Part(header)}.{Part(payload)}";
        return $"{head}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(head)))}";
    }

    public void Dispose() => _rsa.Dispose();

    private static string Part(JsonNode json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static HashAlgorithmName HashOf(JsonObject header) => (string?)header["alg"] switch
    {
        "RS384" => HashAlgorithmName.SHA384,
        "RS512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
