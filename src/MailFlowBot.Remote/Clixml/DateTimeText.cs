using System.Globalization;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// The text of DT (MS-PSRP 2.2.5.1.4): <c>yyyy-MM-ddTHH:mm:ss</c>, up to seven fraction digits, then Z, an offset or nothing.
/// Which of the three stood there is kept: a time without a zone must not turn into this machine's time.
/// </summary>
internal static class DateTimeText
{
    private const int WholeSeconds = 19;
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    /// <summary>
    /// A <see cref="DateTime"/> (Utc or Unspecified) or a <see cref="DateTimeOffset"/>; null when the text is no time. A local
    /// time whose instant lies outside the calendar (0001-01-01 east of Greenwich, the usual "never") becomes the calendar's
    /// end.
    /// </summary>
    public static object? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < WholeSeconds || !TryParseWhole(text[..WholeSeconds], out var time))
            return null;
        var rest = text[WholeSeconds..];
        if (!TryTakeFraction(ref rest, out var ticks))
            return null;
        time = time.AddTicks(ticks);
        if (rest.IsEmpty)
            return time;
        if (rest.SequenceEqual("Z"u8))
            return DateTime.SpecifyKind(time, DateTimeKind.Utc);
        if (!TryParseOffset(rest, out var offset))
            return null;
        var instant = time.Ticks - offset.Ticks;
        return instant < DateTime.MinValue.Ticks ? DateTimeOffset.MinValue
            : instant > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(time, offset);
    }

    public static string Format(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => time.ToString(Written + "'Z'", CultureInfo.InvariantCulture),
        DateTimeKind.Local => time.ToString(Written + "zzz", CultureInfo.InvariantCulture),
        _ => time.ToString(Written, CultureInfo.InvariantCulture),
    };

    public static string Format(DateTimeOffset time) => time.ToString(Written + "zzz", CultureInfo.InvariantCulture);

    private static bool TryParseWhole(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !TryTakeDigits(text[..4], out var year)
            || !TryTakeDigits(text[5..7], out var month)
            || !TryTakeDigits(text[8..10], out var day)
            || !TryTakeDigits(text[11..13], out var hour)
            || !TryTakeDigits(text[14..16], out var minute)
            || !TryTakeDigits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTime(year, month, day, hour, minute, second);
        return true;
    }

    private static bool TryTakeDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        var end = 1;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (; end < rest.Length && char.IsAsciiDigit((char)rest[end]); end++, unit /= 10)
            ticks += (rest[end] - '0') * unit;
        rest = rest[end..];
        return end > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryTakeDigits(text[1..3], out var hours)
            || !TryTakeDigits(text[4..], out var minutes)
            || minutes > 59 || (hours * 60) + minutes > 14 * 60)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }
}
