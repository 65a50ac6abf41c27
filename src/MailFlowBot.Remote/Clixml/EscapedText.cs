using System.Buffers;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// The escape of CLIXML texts and names (MS-PSRP 2.2.5.3.2): a UTF-16 unit that XML cannot carry, or that would be read as an
/// escape, is written <c>_xHHHH_</c>.
/// </summary>
internal static class EscapedText
{
    private static readonly SearchValues<string> Starts = SearchValues.Create(["_x", "_X"], StringComparison.Ordinal);

    /// <summary>
    /// True when this unit of the text must be escaped. U+FFFE and U+FFFF are not in the rule, but PowerShell sends them as
    /// character references that XML 1.0 forbids; the escape means the same and is legal.
    /// </summary>
    public static bool MustEscape(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        < (char)0x20 or (>= (char)0x7F and <= (char)0x9F) => true,
        (>= (char)0xD800 and <= (char)0xDFFF) or (char)0xFFFE or (char)0xFFFF => true,
        '_' => at + 1 < text.Length && text[at + 1] is 'x' or 'X',
        _ => false,
    };

    /// <summary>Undoes the escapes. An underscore that starts no valid escape stays as it is.</summary>
    public static string Decode(string text)
    {
        var first = text.AsSpan().IndexOfAny(Starts);
        return first < 0 ? text : Decode(text.AsSpan(), first);
    }

    private static string Decode(ReadOnlySpan<char> text, int start)
    {
        // Decoding never lengthens.
        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        text[..start].CopyTo(rented);
        var written = start;
        for (var at = start; at < text.Length;)
        {
            // Eight digits are not in the specification, but XmlConvert.DecodeName takes them as a code point.
            if (TryRead(text[at..], 4, out var unit))
            {
                rented[written++] = (char)unit;
                at += 7;
            }
            else if (TryRead(text[at..], 8, out var point) && point <= 0x10FFFF)
            {
                if (point > 0xFFFF)
                {
                    rented[written++] = (char)(0xD800 + ((point - 0x10000) >> 10));
                    rented[written++] = (char)(0xDC00 + (point & 0x3FF));
                }
                else
                {
                    rented[written++] = (char)point;
                }

                at += 11;
            }
            else
            {
                rented[written++] = text[at++];
            }
        }

        var decoded = new string(rented, 0, written);
        ArrayPool<char>.Shared.Return(rented);
        return decoded;
    }

    private static bool TryRead(ReadOnlySpan<char> text, int digits, out uint value)
    {
        value = 0;
        if (text.Length < digits + 3 || text[0] != '_' || text[1] is not ('x' or 'X') || text[digits + 2] != '_')
            return false;
        foreach (var digit in text.Slice(2, digits))
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
            value = (value << 4) | (uint)Uri.FromHex(digit);
        }

        return true;
    }
}
