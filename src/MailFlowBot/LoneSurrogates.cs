using System.Globalization;
using System.Text;

namespace MailFlowBot;

/// <summary>
/// RFC 8259 section 8.2 allows escapes of unpaired surrogates in a JSON string, .NET strings hold them, and the reader of JSON
/// takes
/// neither. Each is read as U+FFFD, which is as long, so that offsets stay what they are.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    public static string Replace(string json)
    {
        StringBuilder? replaced = null;
        var copied = 0;
        for (var at = json.IndexOf('\\', StringComparison.Ordinal); at >= 0; at = at < json.Length ? json.IndexOf('\\', at) : -1)
        {
            if (!IsSurrogate(json, at, out var high))
            {
                at += 2;
            }
            else if (high && IsSurrogate(json, at + EscapeLength, out var second) && !second)
            {
                at += 2 * EscapeLength;
            }
            else
            {
                replaced ??= new StringBuilder(json.Length);
                replaced.Append(json, copied, at - copied).Append('\uFFFD');
                at += EscapeLength;
                copied = at;
            }
        }

        return replaced is null ? json : replaced.Append(json, copied, json.Length - copied).ToString();
    }

    private static bool IsSurrogate(string json, int at, out bool high)
    {
        high = false;
        if (at + EscapeLength > json.Length || json[at] != '\\' || json[at + 1] != 'u'
            || !ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return false;
        }

        high = char.IsHighSurrogate((char)unit);
        return char.IsSurrogate((char)unit);
    }
}
