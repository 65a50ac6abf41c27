namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Where the bot may send anything at all. The bot attaches its own token to what it sends, so an address that is not listed here could
/// harvest it.
/// </summary>
/// <param name="AnyLoopback">True without a registration: there is no token to lose, and local test channels pick their port.</param>
internal sealed record ServiceUrlList(IReadOnlyList<ServiceUrl> Prefixes, bool AnyLoopback)
{
    /// <summary>
    /// Service URLs of Teams in its clouds. Whole hosts, never a suffix of trafficmanager.net: anyone can rent a name there.
    /// </summary>
    public static readonly IReadOnlyList<string> Teams =
    [
        "https://smba.trafficmanager.net/",
        "https://smba.infra.gcc.teams.microsoft.com/",
        "https://smba.infra.gov.teams.microsoft.us/",
        "https://smba.infra.dod.teams.microsoft.us/",
    ];

    public bool Allows(ServiceUrl url) =>
        (AnyLoopback && url.Address.IsLoopback) || Prefixes.Any(prefix => prefix.Covers(url));
}
