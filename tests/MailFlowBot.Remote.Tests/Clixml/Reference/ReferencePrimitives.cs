using System.Globalization;
using System.Xml;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>What primitives mean, by .NET's parsers for UTF-16 texts.</summary>
internal static class ReferencePrimitives
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>The value; null when the text is not a value of the tag's type.</summary>
    public static object? Parse(ClixmlTag tag, string text) => tag switch
    {
        ClixmlTag.S => EscapedText.Decode(text),
        ClixmlTag.B => ParseBool(text.AsSpan().Trim(" \t\r\n")),
        ClixmlTag.C => ushort.TryParse(text, NumberStyles.Integer, Invariant, out var unit) ? (char)unit : null,
        ClixmlTag.By => byte.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.SB => sbyte.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.I16 => short.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U16 => ushort.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.I32 => int.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U32 => uint.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.I64 => long.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.U64 => ulong.TryParse(text, NumberStyles.Integer, Invariant, out var number) ? number : null,
        ClixmlTag.Sg => ParseSingle(text.AsSpan().Trim(" \t\r\n")),
        ClixmlTag.Db => ParseDouble(text.AsSpan().Trim(" \t\r\n")),
        ClixmlTag.D => decimal.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number : null,
        ClixmlTag.DT => ReferenceDateTime.Parse(text.AsSpan().Trim(" \t\r\n")),
        ClixmlTag.TS => ParseDuration(text),
        ClixmlTag.BA => ParseBytes(text),
        ClixmlTag.G => Guid.TryParse(text, out var guid) ? guid : null,
        ClixmlTag.URI => Uri.TryCreate(EscapedText.Decode(text), UriKind.RelativeOrAbsolute, out var uri) ? uri : null,
        ClixmlTag.Version => Version.TryParse(text, out var version) ? version : null,
        ClixmlTag.XD => new PsXmlDocument(EscapedText.Decode(text)),
        ClixmlTag.SBK => new PsScriptBlock(EscapedText.Decode(text)),
        ClixmlTag.SS => new PsSecureString(EscapedText.Decode(text)),
        _ => null,
    };

    private static object? ParseBool(ReadOnlySpan<char> text) => text switch
    {
        "true" or "1" => True,
        "false" or "0" => False,
        _ => null,
    };

    // The names of the infinities are XML Schema's, not .NET's.
    private static object? ParseDouble(ReadOnlySpan<char> text) => text switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number : null,
    };

    private static object? ParseSingle(ReadOnlySpan<char> text) => text switch
    {
        "INF" => float.PositiveInfinity,
        "-INF" => float.NegativeInfinity,
        _ => float.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number : null,
    };

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

    private static byte[]? ParseBytes(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        return length == bytes.Length ? bytes : bytes[..length];
    }
}
