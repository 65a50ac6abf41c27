namespace MailFlowBot.Channels.Teams;

/// <summary>The fixed addresses of one Microsoft cloud (Azure Bot Service, "Authentication with the Bot Connector API").</summary>
/// <param name="Issuer">The <c>iss</c> of tokens that come in.</param>
/// <param name="Metadata">OpenID metadata of that issuer.</param>
/// <param name="Scope">What a token that goes out is asked for.</param>
/// <param name="Login">Authority without its tenant.</param>
internal sealed record BotCloud(string Issuer, Uri Metadata, string Scope, Uri Login)
{
    public static readonly BotCloud Public = new(
        "https://api.botframework.com",
        new Uri("https://login.botframework.com/v1/.well-known/openidconfiguration"),
        "https://api.botframework.com/.default",
        new Uri("https://login.microsoftonline.com/"));

    private static readonly BotCloud UsGovernment = new(
        "https://api.botframework.us",
        new Uri("https://login.botframework.azure.us/v1/.well-known/openidconfiguration"),
        "https://api.botframework.us/.default",
        new Uri("https://login.microsoftonline.us/"));

    private static readonly BotCloud China = new(
        "https://api.botframework.azure.cn",
        new Uri("https://login.botframework.azure.cn/v1/.well-known/openidconfiguration"),
        "https://api.botframework.azure.cn/.default",
        new Uri("https://login.partner.microsoftonline.cn/"));

    /// <summary>The cloud whose metadata this is; the public one for every other address.</summary>
    public static BotCloud Of(Uri? metadata) =>
        new[] { UsGovernment, China }.FirstOrDefault(cloud => cloud.Metadata == metadata) ?? Public;
}
