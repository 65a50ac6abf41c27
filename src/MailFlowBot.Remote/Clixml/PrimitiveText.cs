using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace MailFlowBot.Remote.Clixml;

/// <summary>What the text of a primitive element means (MS-PSRP 2.2.5.1).</summary>
internal static class PrimitiveText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>Numbers of enums, counts and depths: boxed once.</summary>
    private static readonly object[] SmallIntegers = [.. Enumerable.Range(-1, 258).Select(number => (object)number)];

    /// <summary>The value of the element the lexer stands on; null when its text is not a value of the tag's type.</summary>
    public static object? Read(ClixmlTag tag, ref ClixmlLexer lexer)
    {
        switch (tag)
        {
            case ClixmlTag.S:
                return lexer.ReadString();
            case ClixmlTag.URI:
                return Uri.TryCreate(lexer.ReadString(), UriKind.RelativeOrAbsolute, out var uri) ? uri : null;
            case ClixmlTag.XD:
                return new PsXmlDocument(lexer.ReadString());
            case ClixmlTag.SBK:
                return new PsScriptBlock(lexer.ReadString());
            case ClixmlTag.SS:
                return new PsSecureString(lexer.ReadString());
            default:
                return Parse(tag, lexer.ReadUtf8());
        }
    }

    public static int? ParseInteger(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null;

    private static object? Parse(ClixmlTag tag, ReadOnlySpan<byte> text) => tag switch
    {
        ClixmlTag.B => ParseBool(Trim(text)),
        ClixmlTag.I32 => ParseInteger(text) is { } number ? Box(number) : null,
        ClixmlTag.C => ushort.TryParse(text, NumberStyles.Integer, Invariant, out var unit) ? (char)unit : null,
        ClixmlTag.By => byte.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.SB => sbyte.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.I16 => short.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U16 => ushort.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U32 => uint.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.I64 => long.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U64 => ulong.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.Sg => ParseSingle(Trim(text)),
        ClixmlTag.Db => ParseDouble(Trim(text)),
        ClixmlTag.D => decimal.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number : null,
        ClixmlTag.DT => DateTimeText.Parse(Trim(text)),
        ClixmlTag.TS => ParseDuration(Encoding.UTF8.GetString(text)),
        ClixmlTag.BA => ParseBytes(text),
        ClixmlTag.G => Guid.TryParse(text, out var guid) ? guid : null,
        ClixmlTag.Version => Version.TryParse(text, out var version) ? version : null,
        _ => null,
    };

    private static object Box(int number) =>
        (uint)(number + 1) < (uint)SmallIntegers.Length ? SmallIntegers[number + 1] : number;

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    private static object? ParseBool(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8) ? True
        : text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8) ? False
        : null;

    // The names of the infinities are XML Schema's, not .NET's.
    private static double? ParseDouble(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("INF"u8) ? double.PositiveInfinity
        : text.SequenceEqual("-INF"u8) ? double.NegativeInfinity
        : double.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number
        : null;

    private static float? ParseSingle(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("INF"u8) ? float.PositiveInfinity
        : text.SequenceEqual("-INF"u8) ? float.NegativeInfinity
        : float.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number
        : null;

    private static TimeSpan? ParseDuration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception refusal) when (refusal is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static byte[]? ParseBytes(ReadOnlySpan<byte> text)
    {
        // Without its padding counted the array would be a byte or two too long, and be copied.
        var padding = text.Length % 4 != 0 ? 0 : text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length) - padding];

        // The second decoder is slower, but takes a last digit with bits too many, as PowerShell does.
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var length) != OperationStatus.Done
            && !Convert.TryFromBase64String(Encoding.UTF8.GetString(text), bytes, out length))
            return null;
        return length == bytes.Length ? bytes : bytes[..length];
    }
}
