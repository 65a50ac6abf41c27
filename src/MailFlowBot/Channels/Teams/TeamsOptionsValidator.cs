using MailFlowBot.Settings;
namespace MailFlowBot.Channels.Teams;

/// <summary>Finds every fault of the section <c>Teams</c> at once, each with its key and the remedy. Never repeats a secret.</summary>
internal static class TeamsOptionsValidator
{
    public const string SingleTenant = "SingleTenant";
    public const string ManagedIdentity = "ManagedIdentity";

    private const string TenantPlaceholder = "{tenant}";

    /// <param name="listeners">Addresses of the listener that serves <c>POST /api/messages</c>.</param>
    public static IReadOnlyList<SettingFault> Faults(TeamsOptions options, IReadOnlyCollection<Uri> listeners) =>
    [
        .. Registration(options),
        .. Addresses(options),
        .. Lists(options),
        .. Tokens(options, listeners),
    ];

    private static IEnumerable<SettingFault> Registration(TeamsOptions options)
    {
        if (options.AppId is null)
        {
            if (options.ClientSecret is not null || options.CertificatePath is not null || options.TenantId is not null)
                yield return Fault(nameof(options.AppId), "is missing while other values of a registration are set.",
                    "Set it to the application (client) id of the Azure Bot, or remove the other values.");
            yield break;
        }

        if (!IsId(options.AppId))
            yield return Fault(nameof(options.AppId), "is not a GUID.", "Set it to the application (client) id of the Azure Bot.");
        if (!IsId(options.TenantId))
            yield return Fault(nameof(options.TenantId), options.TenantId is null ? "is missing." : "is not a GUID.",
                "Set it to the directory (tenant) id of the registration.");
        var managed = Is(options.AppType, ManagedIdentity);
        if (options.AppType is not null && !managed && !Is(options.AppType, SingleTenant))
            yield return Fault(nameof(options.AppType), "is not known.", $"Use {SingleTenant} or {ManagedIdentity}.");
        foreach (var fault in Credential(options, managed))
            yield return fault;
    }

    private static IEnumerable<SettingFault> Credential(TeamsOptions options, bool managed)
    {
        var secret = options.ClientSecret is not null;
        var certificate = options.CertificatePath is not null;
        if (managed && (secret || certificate))
            yield return Fault(secret ? nameof(options.ClientSecret) : nameof(options.CertificatePath),
                "is set although the app type is ManagedIdentity.", "Remove it: a managed identity has no secret of its own.");
        else if (!managed && !secret && !certificate)
            yield return Fault(nameof(options.ClientSecret), "is missing, and so is Teams:CertificatePath.",
                "Set one of them, or Teams:AppType to ManagedIdentity.");
        else if (secret && certificate)
            yield return Fault(nameof(options.ClientSecret), "is set together with Teams:CertificatePath.", "Keep one of the two.");
        if (options.CertificatePath is { } path && !Loads(path))
            yield return Fault(nameof(options.CertificatePath), "names no certificate with a private key that can be read.",
                "Set it to a .pfx file without password or a .pem file with certificate and key.");
    }

    private static IEnumerable<SettingFault> Addresses(TeamsOptions options)
    {
        if (options.OpenIdMetadata is not null && !IsSecure(options.OpenIdMetadata))
            yield return Fault(nameof(options.OpenIdMetadata), "is not an absolute https address.",
                "Use the OpenID metadata address of your cloud; plain http is accepted on loopback only.");
        if (options.Authority is { } authority
            && (!IsSecure(authority.Replace(TenantPlaceholder, "tenant", StringComparison.OrdinalIgnoreCase)) || Segments(authority) > 1))
            yield return Fault(nameof(options.Authority), "is not an absolute https address with at most the tenant as its path.",
                "Use for example https://login.microsoftonline.com/{tenant}; plain http is accepted on loopback only.");
    }

    private static IEnumerable<SettingFault> Lists(TeamsOptions options)
    {
        foreach (var (tenant, at) in options.AllowedTenants.Select((tenant, at) => (tenant, at)))
        {
            if (!IsId(tenant))
                yield return Fault($"{nameof(options.AllowedTenants)}:{at}", "is not a GUID.", "List tenant ids, not domain names.");
        }

        foreach (var (url, at) in options.AllowedServiceUrls.Select((url, at) => (url, at)))
        {
            if (!ServiceUrl.TryParse(url, out _))
                yield return Fault($"{nameof(options.AllowedServiceUrls)}:{at}",
                    "is not an absolute https prefix without user name, query and fragment.",
                    "Use for example https://smba.trafficmanager.net/; plain http is accepted on loopback only.");
        }
    }

    private static IEnumerable<SettingFault> Tokens(TeamsOptions options, IReadOnlyCollection<Uri> listeners)
    {
        if (options.RequireToken is not null && !bool.TryParse(options.RequireToken, out _))
            yield return Fault(nameof(options.RequireToken), "is neither true nor false.", "Remove it, or write true.");
        if (TeamsSettings.TokensRequired(options))
            yield break;
        if (options.AppId is not null)
            yield return Fault(nameof(options.RequireToken), "is false although a registration is configured.",
                "Remove it: with a registration every activity must carry a token.");
        if (listeners.Any(listener => !listener.IsLoopback))
            yield return Fault(nameof(options.RequireToken), "is false although the public listener is not on loopback.",
                "Remove it, or let Http:Public listen on 127.0.0.1.");
    }

    private static SettingFault Fault(string key, string problem, string remedy) =>
        new($"{TeamsOptions.Section}:{key}", problem, remedy);

    private static bool Is(string? value, string name) => string.Equals(value, name, StringComparison.OrdinalIgnoreCase);

    private static bool Loads(string path)
    {
        using var certificate = BotCertificate.Load(path);
        return certificate is not null;
    }

    private static bool IsId(string? text) => Guid.TryParse(text, out var id) && id != Guid.Empty;

    private static bool IsSecure(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0;

    private static int Segments(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Length
            : 0;
}
