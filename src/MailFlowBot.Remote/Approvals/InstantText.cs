using System.Globalization;

namespace MailFlowBot.Remote.Approvals;

/// <summary>Points in time inside canonical documents: UTC, always seven digits, so that one instant has one spelling (RFC 3339).</summary>
internal static class InstantText
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.TryParseExact(
        text,
        Pattern,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var instant)
        ? instant
        : throw new FormatException("a time such as 2026-11-22T02:40:00.0000000Z is expected");
}
