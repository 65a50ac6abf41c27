using System.Buffers;
using System.Text;
using System.Xml;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A place in UTF-8 XML and the smallest steps from it: spaces, names, references, comments. Written for the part of XML 1.0 that
/// CLIXML uses: no DTD, no prefixes. The bytes are known to be valid UTF-8 without U+FFFE and U+FFFF.
/// </summary>
internal ref struct XmlBytes(ReadOnlySpan<byte> input)
{
    // XML 1.0, 2.2: of the control characters only tab, line feed and carriage return.
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(Controls());

    public readonly ReadOnlySpan<byte> Input = input;

    public int At;

    public readonly bool AtEnd => At >= Input.Length;

    /// <summary>The byte here; 0, which XML forbids, at the end.</summary>
    public readonly byte Here => At < Input.Length ? Input[At] : (byte)0;

    public readonly ReadOnlySpan<byte> Rest => Input[At..];

    /// <summary>All bytes below space but tab, line feed and carriage return.</summary>
    public static byte[] Controls() => [.. Enumerable.Range(0, 0x20).Except([0x09, 0x0A, 0x0D]).Select(unit => (byte)unit)];

    public static bool IsSpace(byte unit) => unit is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>True when there was any.</summary>
    public bool SkipSpace()
    {
        var at = At;
        while (at < Input.Length && IsSpace(Input[at]))
            at++;
        var any = at > At;
        At = at;
        return any;
    }

    public bool TryTake(byte expected)
    {
        if (At >= Input.Length || Input[At] != expected)
            return false;
        At++;
        return true;
    }

    public void Take(byte expected)
    {
        if (!TryTake(expected))
            throw NotWellFormed();
    }

    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
            return false;
        At += expected.Length;
        return true;
    }

    /// <summary>A name. CLIXML has none with a prefix, and no attribute that would declare one.</summary>
    public ReadOnlySpan<byte> TakeName()
    {
        var start = At;
        while (At < Input.Length)
        {
            var unit = Input[At];
            if (unit < 0x80)
            {
                if (!char.IsAsciiLetter((char)unit) && unit != '_' && (At == start || !IsLaterInName(unit)))
                    break;
                At++;
                continue;
            }

            // XML 1.0 of 2006 and before, as XmlReader knows it: nothing beyond U+FFFF stands in a name.
            Rune.DecodeFromUtf8(Rest, out var rune, out var length);
            if (!rune.IsBmp
                || !(At == start ? XmlConvert.IsStartNCNameChar((char)rune.Value) : XmlConvert.IsNCNameChar((char)rune.Value)))
                break;
            At += length;
        }

        if (Here == ':')
            throw Fault(ClixmlFault.Malformed, "A name with a prefix, which CLIXML does not have", At);
        return At > start ? Input[start..At] : throw NotWellFormed();
    }

    /// <summary>The same, quicker for the two that nearly all attributes have.</summary>
    public ReadOnlySpan<byte> TakeAttributeName()
    {
        var rest = Rest;
        var length = rest.StartsWith("N="u8) ? 1 : rest.StartsWith("RefId="u8) ? 5 : 0;
        if (length == 0)
            return TakeName();
        At += length;
        return rest[..length];
    }

    /// <summary>Behind the ampersand of a character or entity reference: the UTF-16 units it stands for.</summary>
    public (char First, char Second) TakeReference()
    {
        if (TryTake((byte)'#'))
            return TakeCharacterReference();
        if (TryTake("lt;"u8))
            return ('<', '\0');
        if (TryTake("gt;"u8))
            return ('>', '\0');
        if (TryTake("amp;"u8))
            return ('&', '\0');
        if (TryTake("quot;"u8))
            return ('"', '\0');
        if (TryTake("apos;"u8))
            return ('\'', '\0');
        throw NotWellFormed();
    }

    /// <summary>Behind <c>&lt;!--</c>.</summary>
    public void SkipComment()
    {
        var length = Rest.IndexOf("--"u8);
        if (length < 0 || Rest[..length].ContainsAny(Forbidden))
            throw NotWellFormed();
        At += length + 2;
        Take((byte)'>');
    }

    /// <summary>Behind <c>&lt;![CDATA[</c>: what stands in it.</summary>
    public ReadOnlySpan<byte> TakeCData()
    {
        var length = Rest.IndexOf("]]>"u8);
        if (length < 0 || Rest[..length].ContainsAny(Forbidden))
            throw NotWellFormed();
        var text = Rest[..length];
        At += length + 3;
        return text;
    }

    /// <summary>Behind <c>&lt;?</c>. A declaration may stand only at the start, where it is read elsewhere.</summary>
    public void SkipInstruction()
    {
        var target = TakeName();
        if (Ascii.EqualsIgnoreCase(target, "xml"u8) || (!IsSpace(Here) && !Rest.StartsWith("?>"u8)))
            throw NotWellFormed();
        var length = Rest.IndexOf("?>"u8);
        if (length < 0 || Rest[..length].ContainsAny(Forbidden))
            throw NotWellFormed();
        At += length + 2;
    }

    public readonly ClixmlException NotWellFormed() => Fault(ClixmlFault.Malformed, "Not well-formed XML, or cut off", At);

    public readonly ClixmlException Fault(ClixmlFault reason, string message, int at)
    {
        var before = Input[..Math.Min(at, Input.Length)];
        var line = 1 + before.Count((byte)'\n');
        var column = 1 + Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]);
        return new ClixmlException(reason, message, line, column, before.Length);
    }

    private static bool IsLaterInName(byte unit) => char.IsAsciiDigit((char)unit) || unit is (byte)'-' or (byte)'.';

    // PowerShell sends U+FFFE and U+FFFF and halves of pairs as references, which XML 1.0 forbids; they are taken.
    private (char First, char Second) TakeCharacterReference()
    {
        var radix = TryTake((byte)'x') ? 16 : 10;
        var start = At;
        var point = 0;
        for (; At < Input.Length && char.IsAsciiHexDigit((char)Input[At]); At++)
        {
            var digit = Uri.FromHex((char)Input[At]);
            point = (point * radix) + digit;
            if (digit >= radix || point > 0x10FFFF)
                throw NotWellFormed();
        }

        if (At == start)
            throw NotWellFormed();
        Take((byte)';');
        return point <= char.MaxValue
            ? ((char)point, '\0')
            : ((char)(0xD800 + ((point - 0x10000) >> 10)), (char)(0xDC00 + (point & 0x3FF)));
    }
}
