using Microsoft.Extensions.Primitives;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Checks the token of a request, cheap checks first (Bot Framework authentication, "Connector to Bot"). Tokens of emulators and of
/// skills are not known here: both would let a third party speak.
/// </summary>
internal sealed class TokenValidation(BotRegistration registration, IReadOnlyList<string> issuers, SigningKeys keys, TimeProvider time)
{
    public async ValueTask<TokenVerdict> ValidateAsync(StringValues authorization, CancellationToken cancellationToken)
    {
        var (token, fault) = BearerToken.Read(authorization);
        if (token is null)
            return new TokenVerdict.Refused(fault!.Value);
        SigningKey? key;
        try
        {
            key = await keys.FindAsync(token.KeyId, cancellationToken).ConfigureAwait(false);
        }
        catch (KeysUnreadable)
        {
            return new TokenVerdict.Undecided();
        }

        if (key is null)
            return new TokenVerdict.Refused(TokenFault.KeyUnknown);
        if (!await key.SignedAsync(token).ConfigureAwait(false))
            return new TokenVerdict.Refused(TokenFault.SignatureWrong);
        if (TokenClaims.Read(token.Payload) is not { } claims)
            return new TokenVerdict.Refused(TokenFault.ClaimsUnreadable);
        return claims.Check(issuers, registration.AppId, time.GetUtcNow()) is { } wrong
            ? new TokenVerdict.Refused(wrong)
            : new TokenVerdict.Accepted(claims, key.Endorsements);
    }
}
