namespace MailFlowBot.Channels.Teams;

/// <summary>The section <c>Teams</c> of the configuration as it was written; <see cref="TeamsOptionsValidator"/> judges it.</summary>
internal sealed record TeamsOptions
{
    public const string Section = "Teams";

    private static readonly char[] Separators = [',', ';', ' '];

    public string? AppId { get; init; }

    public string? TenantId { get; init; }

    /// <summary><c>SingleTenant</c> (also when unset) or <c>ManagedIdentity</c>.</summary>
    public string? AppType { get; init; }

    public string? ClientSecret { get; init; }

    public string? CertificatePath { get; init; }

    public string? OpenIdMetadata { get; init; }

    public IReadOnlyList<string> Issuers { get; init; } = [];

    public string? Authority { get; init; }

    public IReadOnlyList<string> AllowedTenants { get; init; } = [];

    public IReadOnlyList<string> AllowedServiceUrls { get; init; } = [];

    public string? RequireToken { get; init; }

    /// <summary>Reads the section; lists may also be one value with commas, which suits environment variables.</summary>
    public static TeamsOptions From(IConfiguration section) => new()
    {
        AppId = Text(section, nameof(AppId)),
        TenantId = Text(section, nameof(TenantId)),
        AppType = Text(section, nameof(AppType)),
        ClientSecret = Text(section, nameof(ClientSecret)),
        CertificatePath = Text(section, nameof(CertificatePath)),
        OpenIdMetadata = Text(section, nameof(OpenIdMetadata)),
        Issuers = List(section, nameof(Issuers)),
        Authority = Text(section, nameof(Authority)),
        AllowedTenants = List(section, nameof(AllowedTenants)),
        AllowedServiceUrls = List(section, nameof(AllowedServiceUrls)),
        RequireToken = Text(section, nameof(RequireToken)),
    };

    // A record prints all its members; the secret must not reach a log that way.
    public override string ToString() => $"Teams registration {AppId ?? "none"}, tenant {TenantId ?? "none"}";

    private static string? Text(IConfiguration section, string key) =>
        string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    private static string[] List(IConfiguration section, string key)
    {
        var children = section.GetSection(key).GetChildren().Select(child => child.Value).ToList();
        var values = children.Count > 0 ? children : [.. (section[key] ?? "").Split(Separators)];
        return [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim())];
    }
}
