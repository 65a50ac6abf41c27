using System.Text;
using System.Text.Unicode;

namespace MailFlowBot.Remote.Clixml;

/// <summary>What stands before the first element: the byte order mark, which tells the encoding, and the XML declaration.</summary>
internal static class XmlPrologue
{
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The bytes behind the prologue as UTF-8. Windows PowerShell exports files in UTF-16, with a mark.</summary>
    /// <exception cref="ClixmlException">Neither UTF-8 nor UTF-16, or a damaged declaration.</exception>
    public static XmlBytes Open(ReadOnlySpan<byte> bytes)
    {
        var wide = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var xml = new XmlBytes(wide ? ToUtf8(bytes) : bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);

        // Most answers are all ASCII, where nothing else needs to be looked for. Lone surrogates and overlong forms are invalid.
        if (!Ascii.IsValid(xml.Input))
        {
            if (!Utf8.IsValid(xml.Input))
                throw new ClixmlException(ClixmlFault.Malformed, "CLIXML that is not UTF-8");
            if (IndexOfNoncharacter(xml.Input) is var at and >= 0)
                throw xml.Fault(ClixmlFault.Malformed, "A character that XML forbids", at);
        }

        if (xml.Rest.StartsWith("<?xml"u8) && xml.Input.Length > 5 && XmlBytes.IsSpace(xml.Input[5]))
            SkipDeclaration(ref xml, wide);
        return xml;
    }

    private static byte[] ToUtf8(ReadOnlySpan<byte> utf16)
    {
        try
        {
            return Encoding.Convert(utf16[0] == 0xFF ? LittleEndian : BigEndian, Encoding.UTF8, utf16[2..].ToArray());
        }
        catch (DecoderFallbackException)
        {
            throw new ClixmlException(ClixmlFault.Malformed, "CLIXML whose byte order mark says UTF-16, and that is none");
        }
    }

    private static int IndexOfNoncharacter(ReadOnlySpan<byte> utf8)
    {
        var first = utf8.IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF, 0xBE]);
        return first >= 0 ? first : utf8.IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF, 0xBF]);
    }

    // XML 1.0, 2.8: version, then perhaps encoding, then perhaps standalone.
    private static void SkipDeclaration(ref XmlBytes xml, bool wide)
    {
        xml.At += 5;
        if (!TryTakePart(ref xml, "version"u8, out var version) || !version.SequenceEqual("1.0"u8))
            throw xml.NotWellFormed();
        if (TryTakePart(ref xml, "encoding"u8, out var encoding) && !IsEncoding(encoding, wide))
            throw xml.Fault(ClixmlFault.Malformed, "CLIXML that is not in the encoding it declares, or in one that is not read", xml.At);
        if (TryTakePart(ref xml, "standalone"u8, out var standalone)
            && !standalone.SequenceEqual("yes"u8) && !standalone.SequenceEqual("no"u8))
            throw xml.NotWellFormed();
        xml.SkipSpace();
        if (!xml.TryTake("?>"u8))
            throw xml.NotWellFormed();
    }

    private static bool IsEncoding(ReadOnlySpan<byte> name, bool wide) =>
        Ascii.EqualsIgnoreCase(name, wide ? "utf-16"u8 : "utf-8"u8) || (wide && Ascii.EqualsIgnoreCase(name, "unicode"u8));

    private static bool TryTakePart(ref XmlBytes xml, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var start = xml.At;
        if (!xml.SkipSpace() || !xml.TryTake(name))
        {
            xml.At = start;
            return false;
        }

        xml.SkipSpace();
        xml.Take((byte)'=');
        xml.SkipSpace();
        var quote = xml.Here;
        if (quote is not ((byte)'"' or (byte)'\''))
            throw xml.NotWellFormed();
        xml.At++;
        var length = xml.Rest.IndexOf(quote);
        if (length < 0)
            throw xml.NotWellFormed();
        value = xml.Rest[..length];
        xml.At += length + 1;
        return true;
    }
}
