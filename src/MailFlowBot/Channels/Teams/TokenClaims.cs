using System.Buffers.Text;
using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>The claims of a token whose signature was found good.</summary>
/// <param name="Audience">Null when absent or anything but a single string.</param>
/// <param name="Expires">Seconds since 1970 (RFC 7519 NumericDate); null when absent or no number.</param>
internal sealed record TokenClaims(string? Issuer, string? Audience, double? Expires, double? NotBefore, string? ServiceUrl)
{
    /// <summary>What the clocks of issuer and bot may differ by.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Null when the payload is not a JSON object.</summary>
    public static TokenClaims? Read(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload), Options);
            var root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? null
                : new TokenClaims(
                    root.TextOf("iss"), root.TextOf("aud"), Seconds(root, "exp"), Seconds(root, "nbf"), root.TextOf("serviceurl"));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The first claim that does not hold; null when all do.</summary>
    public TokenFault? Check(IReadOnlyList<string> issuers, Guid appId, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        if (Issuer is null || !issuers.Contains(Issuer, StringComparer.Ordinal))
            return TokenFault.IssuerWrong;
        if (!Guid.TryParse(Audience, out var audience) || audience != appId)
            return TokenFault.AudienceWrong;
        if (Expires is not { } expires)
            return TokenFault.ExpiryMissing;
        if (NotBefore is not { } start)
            return TokenFault.StartMissing;
        if (seconds >= expires + Skew.TotalSeconds)
            return TokenFault.Expired;
        return seconds < start - Skew.TotalSeconds ? TokenFault.NotYetValid : null;
    }

    private static double? Seconds(JsonElement root, string name) =>
        root.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : null;
}
