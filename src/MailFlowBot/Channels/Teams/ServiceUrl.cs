using System.Diagnostics.CodeAnalysis;

namespace MailFlowBot.Channels.Teams;

/// <summary>Address of a connector: https, or http on loopback; no user info, query or fragment; ends with a slash.</summary>
internal sealed record ServiceUrl
{
    private const int MaxLength = 2048;

    private ServiceUrl(Uri address) => Address = address;

    public Uri Address { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ServiceUrl? url)
    {
        url = null;
        // A backslash or an encoded separator reads differently on the two ends of a connection: refused rather than interpreted.
        if (text is null || text.Length > MaxLength || text.Contains('\\')
            || text.Contains("%2f", StringComparison.OrdinalIgnoreCase) || text.Contains("%5c", StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0 || address.Host.Length == 0)
            return false;
        url = new ServiceUrl(address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"));
        return true;
    }

    /// <summary>Scheme, host and port are the same and the path lies below this one's, cut at a slash.</summary>
    public bool Covers(ServiceUrl other) =>
        SameOrigin(other) && other.Address.AbsolutePath.StartsWith(Address.AbsolutePath, StringComparison.Ordinal);

    /// <summary>Same address: scheme and host without regard to case, one slash at the end ignored, path exactly.</summary>
    public bool SameAs(ServiceUrl other) =>
        SameOrigin(other) && other.Address.AbsolutePath.Equals(Address.AbsolutePath, StringComparison.Ordinal);

    public override string ToString() => Address.AbsoluteUri;

    private bool SameOrigin(ServiceUrl other) =>
        other.Address.Scheme == Address.Scheme && other.Address.Port == Address.Port
        && other.Address.IdnHost.Equals(Address.IdnHost, StringComparison.OrdinalIgnoreCase);
}
