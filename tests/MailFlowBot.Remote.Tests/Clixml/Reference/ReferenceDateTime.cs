using System.Globalization;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>Times, the whole seconds by .NET's exact parser.</summary>
internal static class ReferenceDateTime
{
    private const int WholeSeconds = 19;

    /// <summary>
    /// A <see cref="DateTime"/> (Utc or Unspecified) or a <see cref="DateTimeOffset"/>; null when the text is no time. A local
    /// time whose instant lies outside the calendar (0001-01-01 east of Greenwich, the usual "never") becomes the calendar's
    /// end.
    /// </summary>
    public static object? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < WholeSeconds || !TryParseWhole(text[..WholeSeconds], out var time))
            return null;
        var rest = text[WholeSeconds..];
        if (!TryTakeFraction(ref rest, out var ticks))
            return null;
        time = time.AddTicks(ticks);
        if (rest.IsEmpty)
            return time;
        if (rest is "Z")
            return DateTime.SpecifyKind(time, DateTimeKind.Utc);
        if (!TryParseOffset(rest, out var offset))
            return null;
        var instant = time.Ticks - offset.Ticks;
        return instant < DateTime.MinValue.Ticks ? DateTimeOffset.MinValue
            : instant > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(time, offset);
    }

    private static bool TryParseWhole(ReadOnlySpan<char> text, out DateTime time) => DateTime.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        var end = 1;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (; end < rest.Length && char.IsAsciiDigit(rest[end]); end++, unit /= 10)
            ticks += (rest[end] - '0') * unit;
        rest = rest[end..];
        return end > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes > 59 || (hours * 60) + minutes > 14 * 60)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }
}
