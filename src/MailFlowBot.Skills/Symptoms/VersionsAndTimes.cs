using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Product versions by name and by build (15.2 is 2019 up to build 1748 and the Subscription Edition from 2562 on), updates,
/// and points in time
/// as printed: they are evidence for people, so they are not converted.
/// </summary>
internal static partial class VersionsAndTimes
{
    // Arbitrary: a log has thousands, and the first ones say when it began.
    private const int Times = 8;

    // First build of the Subscription Edition (RTM, 15.2.2562.17).
    private const int FirstSubscriptionBuild = 2562;

    public static void Read(NormalizedText text, SignalList signals)
    {
        foreach (Match match in Named().Matches(text.Text))
            signals.Add("version", match.Groups["year"].Value.ToUpperInvariant(), match.Index, match.Length);
        foreach (Match match in Build().Matches(text.Text))
        {
            signals.Add("build", match.Value, match.Index, match.Length);
            if (Product(match.Groups["major"].Value, match.Groups["build"].Value) is { } product)
                signals.Add("version", product, match.Index, match.Length);
        }

        foreach (Match match in Update().Matches(text.Text))
            signals.Add("update", $"{match.Groups["kind"].Value.ToUpperInvariant()}{match.Groups["number"].Value}", match.Index, match.Length);
        var times = 0;
        foreach (Match match in Time().Matches(text.Text))
        {
            if (++times > Times)
                break;
            signals.Add("time", match.Value, match.Index, match.Length);
        }
    }

    private static string? Product(string major, string build) => major switch
    {
        "6.0" => "2000",
        "6.5" => "2003",
        "8.0" or "8.1" or "8.2" or "8.3" or "08.0" or "08.1" or "08.2" or "08.3" or "08.00" or "08.01" or "08.02" or "08.03" => "2007",
        "14.0" or "14.1" or "14.2" or "14.3" or "14.00" or "14.01" or "14.02" or "14.03" => "2010",
        "15.0" or "15.00" => "2013",
        "15.1" or "15.01" => "2016",
        "15.2" or "15.02" => int.TryParse(build, out var number) && number >= FirstSubscriptionBuild ? "SE" : "2019",
        _ => null,
    };

    [GeneratedRegex(
        @"(?<![A-Za-z])Exchange ?(?:Server )?(?<year>20(?:00|03|07|10|13|16|19)|5\.5|SE)(?![A-Za-z0-9])"
        + @"|(?<![A-Za-z0-9])(?:Exchange|Ex|E) ?(?<year>20(?:10|13|16|19))(?![0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"(?<![\d.])(?<major>0?8\.0?[0-3]|14\.0?[0-3]|15\.0?[0-2]|6\.[05])\.(?<build>\d{1,5})\.\d{1,5}(?![\d.]*\d)",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Build();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?<kind>CU|RU|SP) ?(?<number>\d{1,2})(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Update();

    [GeneratedRegex(
        @"(?<![\d.:/\-])(?:\d{4}[\-/]\d{1,2}[\-/]\d{1,2}(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,7})?)?Z?)?"
        + @"|\d{1,2}[/.]\d{1,2}[/.]\d{4}(?: \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)?|\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?"
        + @"|\d{1,2}時(?:\d{1,2}分|半)?)(?![\d:])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        500)]
    private static partial Regex Time();
}
