using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Lines of the connectivity log: date-time, session, source, destination, direction, description. Lines of sessions
/// interleave; a
/// session is told by its last description (KB 2866822 prints such an excerpt). Times in it are UTC.
/// </summary>
internal static partial class TransportLogs
{
    // Arbitrary: more sessions than a person would point at.
    private const int Sessions = 20;

    private const int LongestDescription = 120;

    public static void Read(NormalizedText text, SignalList signals)
    {
        var sessions = new Dictionary<string, (string Source, string Destination, string Last, int Start, int End)>(StringComparer.Ordinal);
        foreach (Match match in Line().Matches(text.Text))
        {
            var id = match.Groups["session"].Value;
            var last = match.Groups["description"].Value.Trim();
            var end = match.Index + match.Length;
            if (sessions.TryGetValue(id, out var known))
                sessions[id] = known with { Last = last.Length > 0 ? last : known.Last, End = end };
            else if (sessions.Count < Sessions)
                sessions.Add(id, (match.Groups["source"].Value, match.Groups["destination"].Value, last, match.Index, end));
        }

        foreach (var (source, destination, last, start, end) in sessions.Values)
            signals.Add("log-session", $"{source} {destination}: {(last.Length <= LongestDescription ? last : last[..LongestDescription])}", start, end - start);
    }

    [GeneratedRegex(
        @"(?<![\w\-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z,(?<session>[0-9A-F]{12,20}),(?<source>[A-Za-z]{2,40}),(?<destination>[^,\n]{0,120}),[+>\-],?(?<description>[^\n]{0,400})",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Line();
}
