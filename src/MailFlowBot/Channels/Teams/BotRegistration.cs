namespace MailFlowBot.Channels.Teams;

/// <summary>How the bot proves to the login authority who it is.</summary>
internal abstract record BotCredential
{
    private BotCredential()
    {
    }

    public sealed record Secret(string Value) : BotCredential
    {
        // A record prints all its members; this one must not reach a log.
        public override string ToString() => nameof(Secret);
    }

    /// <param name="Path">A PKCS#12 file, or PEM with certificate and key.</param>
    public sealed record Certificate(string Path) : BotCredential;

    public sealed record ManagedIdentity : BotCredential;
}

/// <summary>The bot's app registration.</summary>
/// <param name="Authority">Login authority with its tenant.</param>
/// <param name="Scope">What tokens for the connector are asked for.</param>
internal sealed record BotRegistration(Guid AppId, Guid TenantId, Uri Authority, string Scope, BotCredential Credential);
