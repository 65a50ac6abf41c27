using System.Globalization;
using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// Numbers as ECMAScript's Number::toString writes them (RFC 8785 3.2.2.3): the shortest digits that read back as the same IEEE 754
/// double. Digits beyond a double's precision are rounded away, as the RFC has it; exact large integers travel as texts.
/// </summary>
internal static class CanonicalNumber
{
    public static string Format(JsonValue value) =>
        double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Format(number)
            : throw new CanonicalJsonException("a number cannot be read");

    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new CanonicalJsonException("a number is not finite");
        if (value == 0)
            return "0";

        var sign = value < 0 ? "-" : "";
        var (digits, point) = Shortest(Math.Abs(value));
        return sign + Layout(digits, point);
    }

    /// <summary>Digits d and point n so that the value is 0.d times ten to the n; no zero at either end of d.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        // "R" gives the shortest digits that round-trip; only its layout differs from ECMAScript's.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa.Length : dot;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole + exponent - leading);
    }

    private static string Layout(string digits, int point)
    {
        var count = digits.Length;
        if (count <= point && point <= 21)
            return digits + new string('0', point - count);
        if (point is > 0 and <= 21)
            return digits[..point] + "." + digits[point..];
        if (point is > -6 and <= 0)
            return "0." + new string('0', -point) + digits;
        var exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return count == 1 ? $"{digits}e{exponent}" : $"{digits[..1]}.{digits[1..]}e{exponent}";
    }
}
