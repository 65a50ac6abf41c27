namespace MailFlowBot.Channels.Teams;

/// <summary>The judged configuration of the channel.</summary>
/// <param name="Registration">Null only where tokens are switched off: local tests on loopback.</param>
/// <param name="Tenants">Tenants whose people are served; empty only without a registration, and then any is.</param>
internal sealed record TeamsSettings(
    BotRegistration? Registration, Uri OpenIdMetadata, IReadOnlyList<string> Issuers, IReadOnlySet<Guid> Tenants, ServiceUrlList ServiceUrls)
{
    /// <summary>The bot's own id in activities.</summary>
    public string? BotId => Registration is { } registration ? $"28:{registration.AppId:D}" : null;

    /// <summary>True when the channel exists at all: a registration, or tokens switched off for local tests.</summary>
    public static bool Wanted(TeamsOptions options) => options.AppId is not null || !TokensRequired(options);

    /// <summary>Joins options that <see cref="TeamsOptionsValidator"/> found no fault with.</summary>
    public static TeamsSettings From(TeamsOptions options)
    {
        var metadata = options.OpenIdMetadata is { } address ? new Uri(address) : BotCloud.Public.Metadata;
        var cloud = BotCloud.Of(metadata);
        var registration = options.AppId is null ? null : Register(options, cloud);
        var tenants = options.AllowedTenants.Select(Guid.Parse).ToHashSet();
        if (registration is not null && tenants.Count == 0)
            tenants.Add(registration.TenantId);
        return new TeamsSettings(
            registration, metadata, options.Issuers.Count > 0 ? options.Issuers : [cloud.Issuer], tenants, Urls(options));
    }

    internal static bool TokensRequired(TeamsOptions options) => !bool.TryParse(options.RequireToken, out var required) || required;

    private static BotRegistration Register(TeamsOptions options, BotCloud cloud)
    {
        var tenant = Guid.Parse(options.TenantId!);
        BotCredential credential = options switch
        {
            { AppType: { } type } when type.Equals(TeamsOptionsValidator.ManagedIdentity, StringComparison.OrdinalIgnoreCase) =>
                new BotCredential.ManagedIdentity(),
            { ClientSecret: { } secret } => new BotCredential.Secret(secret),
            _ => new BotCredential.Certificate(options.CertificatePath!),
        };
        return new BotRegistration(Guid.Parse(options.AppId!), tenant, Authority(options.Authority, cloud, tenant), cloud.Scope, credential);
    }

    private static Uri Authority(string? configured, BotCloud cloud, Guid tenant)
    {
        var login = new Uri(configured?.Replace("{tenant}", $"{tenant:D}", StringComparison.OrdinalIgnoreCase) ?? cloud.Login.AbsoluteUri);
        return login.AbsolutePath == "/" ? new Uri(login, $"{tenant:D}") : login;
    }

    private static ServiceUrlList Urls(TeamsOptions options)
    {
        var texts = options.AllowedServiceUrls.Count > 0 ? options.AllowedServiceUrls : ServiceUrlList.Teams;
        var prefixes = new List<ServiceUrl>();
        foreach (var text in texts)
        {
            if (ServiceUrl.TryParse(text, out var prefix))
                prefixes.Add(prefix);
        }

        return new ServiceUrlList(prefixes, AnyLoopback: options.AppId is null && options.AllowedServiceUrls.Count == 0);
    }
}
