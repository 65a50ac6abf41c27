using System.Xml;

namespace MailFlowBot.Remote.Clixml;

/// <summary>Writes the primitives of MS-PSRP 2.2.5.1 as elements.</summary>
internal static class PrimitiveElement
{
    /// <summary>False when the value is of none of the primitive types.</summary>
    public static bool TryWrite(ClixmlOutput output, object? value, string? name)
    {
        switch (value)
        {
            case null:
                output.Raw("<Nil"u8);
                output.Name(name);
                output.Raw(" />"u8);
                return true;
            case string text:
                return Text(output, "S"u8, name, text);
            case bool truth:
                return Ascii(output, "B"u8, name, truth ? "true" : "false");
            case int number:
                return Number(output, "I32"u8, name, number);
            case long number:
                return Number(output, "I64"u8, name, number);
            case char unit:
                return Number(output, "C"u8, name, (ushort)unit);
            case byte number:
                return Number(output, "By"u8, name, number);
            case sbyte number:
                return Number(output, "SB"u8, name, number);
            case short number:
                return Number(output, "I16"u8, name, number);
            case ushort number:
                return Number(output, "U16"u8, name, number);
            case uint number:
                return Number(output, "U32"u8, name, number);
            case ulong number:
                return Number(output, "U64"u8, name, number);
            case float number:
                return float.IsInfinity(number)
                    ? Ascii(output, "Sg"u8, name, number > 0 ? "INF" : "-INF")
                    : Number(output, "Sg"u8, name, number);
            case double number:
                return double.IsInfinity(number)
                    ? Ascii(output, "Db"u8, name, number > 0 ? "INF" : "-INF")
                    : Number(output, "Db"u8, name, number);
            case decimal number:
                return Number(output, "D"u8, name, number);
            case DateTime time:
                return Ascii(output, "DT"u8, name, DateTimeText.Format(time));
            case DateTimeOffset time:
                return Ascii(output, "DT"u8, name, DateTimeText.Format(time));
            case TimeSpan span:
                return Ascii(output, "TS"u8, name, XmlConvert.ToString(span));
            case Guid guid:
                return Number(output, "G"u8, name, guid);
            case Version version:
                return Ascii(output, "Version"u8, name, version.ToString());
            case Uri uri:
                return Text(output, "URI"u8, name, uri.OriginalString);
            case PsXmlDocument document:
                return Text(output, "XD"u8, name, document.Text);
            case PsScriptBlock script:
                return Text(output, "SBK"u8, name, script.Text);
            case PsSecureString secret:
                return Text(output, "SS"u8, name, secret.Cipher);
            case byte[] bytes:
                Start(output, "BA"u8, name);
                output.Base64(bytes);
                return End(output, "BA"u8);
            case PsProgress progress:
                return Progress(output, name, progress);
            default:
                return false;
        }
    }

    private static bool Progress(ClixmlOutput output, string? name, PsProgress progress)
    {
        Start(output, "PR"u8, name);
        Text(output, "AV"u8, null, progress.Activity);
        Number(output, "AI"u8, null, progress.ActivityId);
        if (progress.CurrentOperation is { } operation)
            Text(output, "CO"u8, null, operation);
        else
            TryWrite(output, null, null);
        Number(output, "PI"u8, null, progress.ParentActivityId);
        Number(output, "PC"u8, null, progress.PercentComplete);
        Text(output, "T"u8, null, progress.RecordType);
        Number(output, "SR"u8, null, progress.SecondsRemaining);
        Text(output, "SD"u8, null, progress.StatusDescription);
        return End(output, "PR"u8);
    }

    private static bool Text(ClixmlOutput output, ReadOnlySpan<byte> tag, string? name, string text)
    {
        Start(output, tag, name);
        output.Text(text);
        return End(output, tag);
    }

    private static bool Ascii(ClixmlOutput output, ReadOnlySpan<byte> tag, string? name, string text)
    {
        Start(output, tag, name);
        output.Ascii(text);
        return End(output, tag);
    }

    private static bool Number<T>(ClixmlOutput output, ReadOnlySpan<byte> tag, string? name, T value)
        where T : IUtf8SpanFormattable
    {
        Start(output, tag, name);
        output.Number(value);
        return End(output, tag);
    }

    private static void Start(ClixmlOutput output, ReadOnlySpan<byte> tag, string? name)
    {
        output.Raw("<"u8);
        output.Raw(tag);
        output.Name(name);
        output.Raw(">"u8);
    }

    private static bool End(ClixmlOutput output, ReadOnlySpan<byte> tag)
    {
        output.Raw("</"u8);
        output.Raw(tag);
        output.Raw(">"u8);
        return true;
    }
}
