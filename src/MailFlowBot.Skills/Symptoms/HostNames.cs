using System.Text.RegularExpressions;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>Server names, host names and article numbers.</summary>
internal static partial class HostNames
{
    // Arbitrary: more mistyped names than this are a list of something else.
    private const int UnknownLimit = 8;

    public static (IReadOnlyList<ServerName> Servers, IReadOnlyList<UnknownServer> Unknown) Read(
        NormalizedText text, IReadOnlyCollection<ServerName> inventory, SignalList signals)
    {
        var known = new Inventory(inventory);
        var servers = new List<ServerName>();
        var unknown = new Dictionary<string, UnknownServer>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var match in Host().EnumerateMatches(text.Text))
        {
            var host = text.Text.AsSpan(match.Index, match.Length);
            if (!seen.Add(host))
                continue;
            var dot = host.IndexOf('.');
            if (dot >= 0 && OnlineHost().IsMatch(host))
                signals.Add("host", "exchange-online", match.Index, match.Length);
            var label = dot >= 0 ? host[..dot] : host;
            if (known.Find(label) is { } server)
            {
                signals.Add("server", server.Value, match.Index, label.Length);
                if (!servers.Contains(server))
                    servers.Add(server);
            }
            else if (unknown.Count < UnknownLimit && known.LooksLikeOne(label, out var nearest))
            {
                var name = label.ToString();
                if (unknown.TryAdd(name, new UnknownServer(name, nearest)))
                    signals.Add("unknown-server", name, match.Index, label.Length);
            }
        }

        foreach (Match match in Article().Matches(text.Text))
            signals.Add("article", "KB" + match.Groups["number"].Value, match.Index, match.Length);
        return (servers, [.. unknown.Values]);
    }

    // Not after @ (an address is not a server that was named) and not inside a longer word.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9_@.\-])[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]{1,63}){0,8}(?![A-Za-z0-9_@])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Host();

    [GeneratedRegex(
        @"(?:^|\.)(?:outlook\.com|office365\.com|onmicrosoft\.com|exchangelabs\.com)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex OnlineHost();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?:KB|サポート技術情報)[ :#\-]{0,2}(?<number>\d{6,7})(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Article();
}
