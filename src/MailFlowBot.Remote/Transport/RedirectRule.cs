namespace MailFlowBot.Remote.Transport;

/// <summary>Where a redirect may lead (HTTP's, or the fault of WSMan that names a location).</summary>
internal static class RedirectRule
{
    /// <returns>Why not; null when it may be followed.</returns>
    public static string? Refusal(Uri from, Uri to, HttpEndpoint endpoint)
    {
        var isSameHost = SameHost(from.Host, to.Host);
        if (!to.IsAbsoluteUri || to.Scheme is not ("http" or "https") || to.UserInfo.Length > 0)
            return "that is no address of an endpoint";
        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps)
            return "it leads from https to http";
        if (!isSameHost && !endpoint.RedirectHosts.Any(host => SameHost(host, to.Host)))
            return "its host is not among the hosts that are allowed for this endpoint";
        if (!isSameHost && endpoint.Credentials.Kind is AuthenticationKind.Basic)
            return "the password would be shown to another host";
        return null;
    }

    /// <summary>The endpoint after a redirect. A service principal that was given is that of the first host.</summary>
    public static HttpEndpoint Follow(HttpEndpoint endpoint, Uri from, Uri to) => endpoint with
    {
        Address = to,
        Credentials = SameHost(from.Host, to.Host) ? endpoint.Credentials : endpoint.Credentials with { ServicePrincipal = null },
    };

    private static bool SameHost(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
