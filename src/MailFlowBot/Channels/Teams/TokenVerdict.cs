namespace MailFlowBot.Channels.Teams;

/// <summary>What the check of a token came to.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    /// <param name="Claims">Checked, except for the service URL, which is compared with the activity's.</param>
    /// <param name="Endorsements">Channels that the signing key may speak for.</param>
    public sealed record Accepted(TokenClaims Claims, IReadOnlySet<string> Endorsements) : TokenVerdict;

    public sealed record Refused(TokenFault Fault) : TokenVerdict;

    /// <summary>It could not be checked: the issuer's keys could not be had.</summary>
    public sealed record Undecided : TokenVerdict;
}
