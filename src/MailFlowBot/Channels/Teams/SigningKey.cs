using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MailFlowBot.Channels.Teams;

/// <summary>A public key of the issuer and the channels it may speak for (Bot Framework "endorsements").</summary>
internal sealed class SigningKey
{
    // RFC 7518 3.3: RS256 keys have 2048 bits or more.
    private const int MinModulusBytes = 2048 / 8;

    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _signatureOnly;

    private SigningKey(string id, IReadOnlySet<string> endorsements, RSAParameters key)
    {
        Id = id;
        Endorsements = endorsements;
        // Claims are read by TokenClaims with the time passed in: the library would ask the system's clock.
        _signatureOnly = new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(key) { KeyId = id },
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
    }

    public string Id { get; }

    public IReadOnlySet<string> Endorsements { get; }

    /// <summary>Null for a key that RS256 cannot use; the others of the set are still good.</summary>
    public static SigningKey? From(KeyDocument.Key key)
    {
        if (key is not { Kty: "RSA", Kid: { Length: > 0 } id, N: { } modulus, E: { } exponent } || key.Use is not (null or "sig"))
            return null;
        try
        {
            var parameters = new RSAParameters { Modulus = Base64Url.DecodeFromChars(modulus), Exponent = Base64Url.DecodeFromChars(exponent) };
            return parameters.Modulus.Length < MinModulusBytes || parameters.Exponent.Length == 0
                ? null
                : new SigningKey(id, (key.Endorsements ?? []).ToHashSet(StringComparer.Ordinal), parameters);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public async ValueTask<bool> SignedAsync(BearerToken token)
    {
        var result = await _handler.ValidateTokenAsync(token.Encoded, _signatureOnly).ConfigureAwait(false);
        return result.IsValid;
    }
}
