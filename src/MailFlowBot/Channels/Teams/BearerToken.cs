using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The parts of a compact JWS (RFC 7515) before anything is believed. Cheap checks come first, so that a stranger costs neither a key
/// look-up nor a signature check.
/// </summary>
internal sealed record BearerToken(string Encoded, string KeyId, string Payload)
{
    private const string Scheme = "Bearer ";

    // The issuer's metadata advertises RS256 alone; anything else, above all "none" and HS256, is an attack (RFC 8725 3.1).
    private const string Algorithm = "RS256";
    private const int MaxLength = 16 * 1024;
    private const int MaxHeaderDepth = 4;
    private const int MaxKeyIdLength = 256;

    private static readonly JsonDocumentOptions HeaderOptions = new() { MaxDepth = MaxHeaderDepth, AllowDuplicateProperties = false };

    public static (BearerToken? Token, TokenFault? Fault) Read(StringValues authorization)
    {
        if (authorization.Count == 0)
            return (null, TokenFault.HeaderMissing);
        if (authorization.Count > 1)
            return (null, TokenFault.HeaderRepeated);
        var value = authorization.ToString();
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return (null, TokenFault.NotBearer);
        var encoded = value[Scheme.Length..].Trim();
        if (encoded.Length > MaxLength)
            return (null, TokenFault.TooLong);
        var parts = encoded.Split('.');
        if (parts.Length != 3 || parts.Any(part => part.Length == 0))
            return (null, TokenFault.NotThreeParts);
        return ReadHeader(encoded, parts[0], parts[1]);
    }

    private static (BearerToken?, TokenFault?) ReadHeader(string encoded, string header, string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(header), HeaderOptions);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return (null, TokenFault.HeaderUnreadable);
            // RFC 7515 4.1.11: what is marked critical and not understood must be refused; nothing is understood here.
            if (root.TryGetProperty("crit", out _))
                return (null, TokenFault.CriticalExtension);
            // The members jku, jwk, x5u and x5c are ignored on purpose: keys come from the issuer alone.
            if (root.TextOf("alg") != Algorithm)
                return (null, TokenFault.AlgorithmNotAllowed);
            return root.TextOf("kid") is { Length: > 0 and <= MaxKeyIdLength } kid
                ? (new BearerToken(encoded, kid, payload), null)
                : (null, TokenFault.KeyIdMissing);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return (null, TokenFault.HeaderUnreadable);
        }
    }
}
