namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>What an EHLO answer says about the Exchange extensions of an SMTP service.</summary>
internal enum EhloOutcome
{
    /// <summary>All verbs of KB 822939 are offered.</summary>
    Complete,

    /// <summary>Only the LOGIN variants are missing: basic authentication is off, which is healthy.</summary>
    BasicAuthenticationOff,

    /// <summary>X-EXPS, X-LINK2STATE and XEXCH50 are all missing.</summary>
    ExtensionsLost,

    /// <summary>Something between masks the banner or takes out single verbs.</summary>
    Filtered,

    /// <summary>What answered is not the SMTP service of Windows 2000 or 2003.</summary>
    OtherServer,

    /// <summary>Too few verbs to say what is missing.</summary>
    TooLittle,
}

/// <summary>
/// The comparison of KB 822939, Resolution, step 1. Only for servers that the inventory knows as Exchange 2000 or 2003: the SMTP service of
/// Windows alone shows none of these verbs, 2007 and later never show X-LINK2STATE, 2016 and later no XEXCH50.
/// </summary>
/// <param name="Missing">Verbs that are not offered, in the order of the article.</param>
internal sealed record EhloComparison(EhloOutcome Outcome, IReadOnlyList<string> Missing)
{
    private static readonly string[] Extensions = ["X-EXPS", "X-LINK2STATE", "XEXCH50"];

    // What the SMTP service of Windows offers by itself. Without most of these, the answer is no EHLO answer of it at all.
    private static readonly string[] WindowsVerbs =
        ["PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "8BITMIME", "BINARYMIME", "CHUNKING", "ETRN", "VRFY"];

    private const int EnoughWindowsVerbs = 4;

    private const string Product = "Microsoft ESMTP MAIL Service, Version:";

    public bool IsHealthy => Outcome is EhloOutcome.Complete or EhloOutcome.BasicAuthenticationOff;

    /// <param name="banner">Text behind 220; null when it is not known.</param>
    /// <param name="verbs">Lines of the answer without code and without the greeting.</param>
    public static EhloComparison Of(string? banner, IReadOnlyList<string> verbs)
    {
        var missing = Extensions.Where(verb => !verbs.Any(line => Begins(line, verb))).ToList();
        if (banner?.Contains("****", StringComparison.Ordinal) == true || verbs.Any(IsMasked))
            return new(EhloOutcome.Filtered, missing);
        if (banner is not null && !IsWindowsSmtp(banner))
            return new(EhloOutcome.OtherServer, []);
        if (WindowsVerbs.Count(verb => verbs.Any(line => Begins(line, verb))) < EnoughWindowsVerbs)
            return new(EhloOutcome.TooLittle, []);
        return missing.Count == Extensions.Length ? new(EhloOutcome.ExtensionsLost, missing)
            : missing.Count > 0 ? new(EhloOutcome.Filtered, missing)
            : verbs.Any(OffersLogin) ? new(EhloOutcome.Complete, [])
            : new(EhloOutcome.BasicAuthenticationOff, ["LOGIN"]);
    }

    private static bool OffersLogin(string line) =>
        (Begins(line, "X-EXPS") || Begins(line, "AUTH"))
        && line.Split(' ', '=').Contains("LOGIN", StringComparer.OrdinalIgnoreCase);

    private static bool Begins(string line, string verb) =>
        line.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && (line.Length == verb.Length || line[verb.Length] is ' ' or '=');

    // Firewalls that inspect SMTP overwrite verbs they do not know with X, the last letter left (Cisco: ESMTP inspection).
    private static bool IsMasked(string line)
    {
        var verb = line.AsSpan(0, line.AsSpan().IndexOfAny(' ', '=') is var end and >= 0 ? end : line.Length);
        return verb.Length > 4 && !verb[..^1].ContainsAnyExcept('X');
    }

    // Exchange 2000 and 2003 speak through the SMTP service of their Windows, which prints its own version: 5.x or 6.x.
    private static bool IsWindowsSmtp(string banner)
    {
        var at = banner.IndexOf(Product, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && banner.AsSpan(at + Product.Length).TrimStart() is ['5' or '6', '.', ..];
    }
}
