using System.Globalization;
using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>A span of every day in UTC; from 22:00 to 06:00 runs over midnight.</summary>
/// <param name="From">First minute inside.</param>
/// <param name="To">First minute outside.</param>
public readonly record struct ChangeHours(TimeOnly From, TimeOnly To)
{
    private const string Pattern = "HH:mm";

    public bool Contains(DateTimeOffset now) => TimeOnly.FromDateTime(now.UtcDateTime).IsBetween(From, To);

    internal JsonObject ToJson() => new()
    {
        ["from"] = From.ToString(Pattern, CultureInfo.InvariantCulture),
        ["to"] = To.ToString(Pattern, CultureInfo.InvariantCulture),
    };

    internal static ChangeHours FromJson(StrictObject json)
    {
        var hours = new ChangeHours(json.Value("from", Time), json.Value("to", Time));
        json.End();
        return hours;
    }

    private static TimeOnly Time(string text) =>
        TimeOnly.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new FormatException("a time of day such as 22:00 is expected");
}
