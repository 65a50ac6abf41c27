using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MailFlowBot.Channels.Web;

/// <summary>
/// Lets in only a browser of this machine that loaded the page from this process: whoever can post here speaks as any of the cast.
/// Other web pages in the same browser are kept out by Host (DNS rebinding), Origin and the cookie (forged requests).
/// </summary>
internal sealed class PlaygroundGate
{
    // No inline script or style, nothing from elsewhere: a card that smuggles an image or a script gets nowhere.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _token = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>Sets the headers that every answer carries, refusals included.</summary>
    public static void Harden(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>Gives the browser this start's token. Cookies do not tell ports apart, so the name does.</summary>
    public void HandToken(HttpContext context) =>
        context.Response.Cookies.Append(
            CookieName(context), Encoding.ASCII.GetString(_token),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });

    /// <summary>What speaks against loading the page; null when nothing does.</summary>
    public static PlaygroundRefusal? CheckAddress(HttpContext context)
    {
        var connection = context.Connection;
        if (connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote)
            || connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local))
        {
            return PlaygroundRefusal.NotLoopback;
        }

        var host = context.Request.Host;
        var isLoopbackName = host.Host is "127.0.0.1" or "[::1]" || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return isLoopbackName && (host.Port ?? 80) == connection.LocalPort ? null : PlaygroundRefusal.WrongHost;
    }

    /// <summary>What speaks against any other request of the page; null when nothing does.</summary>
    public PlaygroundRefusal? CheckRequest(HttpContext context)
    {
        if (CheckAddress(context) is { } address)
            return address;
        if (!IsOwnOrigin(context.Request))
            return PlaygroundRefusal.WrongOrigin;
        return HasToken(context) ? null : PlaygroundRefusal.NoToken;
    }

    /// <summary>Browsers send Origin with every POST and leave it out of same-origin GETs only.</summary>
    private static bool IsOwnOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return HttpMethods.IsGet(request.Method);
        return origin.Count == 1 && origin[0] == $"{request.Scheme}://{request.Host.Value}";
    }

    private bool HasToken(HttpContext context) =>
        context.Request.Cookies.TryGetValue(CookieName(context), out var token)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _token);

    private static string CookieName(HttpContext context) => $"mailflowbot-playground-{context.Connection.LocalPort}";
}
