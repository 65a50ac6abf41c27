using System.Globalization;

namespace MailFlowBot.Wording;

/// <summary>How times and durations are printed, the same in every language.</summary>
internal static class Times
{
    /// <summary>UTC, to the second. Teams does not support the date macros of cards, so times are printed here.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Milliseconds(double ms) => ms < 10_000
        ? ms.ToString("0", CultureInfo.InvariantCulture) + " ms"
        : (ms / 1000).ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
