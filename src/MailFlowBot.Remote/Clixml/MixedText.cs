using System.Buffers;
using System.Text;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Text with references, CDATA, comments or carriage returns in it, put together unit by unit: the exception beside the plain runs
/// that the lexer hands out as they stand. One text at a time; <see cref="Written"/> counts until the next one is read.
/// </summary>
internal sealed class MixedText
{
    // A long text must not hold on to its memory for ever.
    private const int MostKept = 8 * 1024;

    // What ends a run of characters that stand for themselves.
    private static readonly SearchValues<byte> Stops = SearchValues.Create([.. XmlBytes.Controls(), .. "<&]\r"u8]);
    private static readonly SearchValues<byte> AttributeStops = SearchValues.Create([.. XmlBytes.Controls(), .. "<&\"'\r\n\t"u8]);

    private char[] _units = new char[256];
    private int _length;

    public ReadOnlySpan<char> Written => _units.AsSpan(0, _length);

    /// <summary>Forgets the text, which may be mail content.</summary>
    public void Clear()
    {
        if (_units.Length > MostKept)
            _units = new char[256];
        else
            Array.Clear(_units);
        _length = 0;
    }

    /// <summary>The text up to the end tag of the element, which is left to the caller.</summary>
    public void ReadElement(ref XmlBytes xml)
    {
        _length = 0;
        while (true)
        {
            var run = xml.Rest.IndexOfAny(Stops);
            if (run < 0)
                throw xml.NotWellFormed();
            Append(xml.Rest[..run]);
            xml.At += run;
            switch (xml.Here)
            {
                case (byte)'&':
                    xml.At++;
                    Append(xml.TakeReference());
                    break;
                case (byte)'\r':
                    AppendLineEnd(ref xml);
                    break;
                case (byte)']' when !xml.Rest.StartsWith("]]>"u8):
                    xml.At++;
                    Append(']');
                    break;
                case (byte)'<' when xml.Rest.StartsWith("</"u8):
                    return;
                case (byte)'<':
                    ReadMarkup(ref xml);
                    break;
                default:
                    throw xml.NotWellFormed();
            }
        }
    }

    /// <summary>The rest of an attribute value, with its closing quote.</summary>
    public void ReadAttribute(ref XmlBytes xml, byte quote)
    {
        _length = 0;
        while (true)
        {
            var run = xml.Rest.IndexOfAny(AttributeStops);
            if (run < 0)
                throw xml.NotWellFormed();
            Append(xml.Rest[..run]);
            xml.At += run;
            var stop = xml.Here;
            if (stop is (byte)'<' or 0 || (stop < ' ' && !XmlBytes.IsSpace(stop)))
                throw xml.NotWellFormed();
            xml.At++;
            if (stop == quote)
                return;
            if (stop == '&')
                Append(xml.TakeReference());
            else if (XmlBytes.IsSpace(stop))
                AppendSpace(ref xml, stop);
            else
                Append((char)stop);
        }
    }

    private void ReadMarkup(ref XmlBytes xml)
    {
        if (xml.TryTake("<!--"u8))
            xml.SkipComment();
        else if (xml.TryTake("<![CDATA["u8))
            AppendLines(xml.TakeCData());
        else if (xml.TryTake("<?"u8))
            xml.SkipInstruction();
        else if (xml.Rest.StartsWith("<!"u8) || xml.Rest.Length < 2)
            throw xml.NotWellFormed();
        else
            throw xml.Fault(ClixmlFault.UnexpectedElement, "An element stands inside a primitive", xml.At);
    }

    // XML 1.0, 2.11: a carriage return, alone or before a line feed, is a line feed.
    private void AppendLineEnd(ref XmlBytes xml)
    {
        xml.At++;
        xml.TryTake((byte)'\n');
        Append('\n');
    }

    private void AppendLines(ReadOnlySpan<byte> utf8)
    {
        for (var run = utf8.IndexOf((byte)'\r'); run >= 0; run = utf8.IndexOf((byte)'\r'))
        {
            Append(utf8[..run]);
            Append('\n');
            utf8 = utf8[(run + 1)..];
            if (utf8.StartsWith("\n"u8))
                utf8 = utf8[1..];
        }

        Append(utf8);
    }

    // XML 1.0, 3.3.3: any space in an attribute is a blank, and a line end of two characters is one.
    private void AppendSpace(ref XmlBytes xml, byte space)
    {
        if (space == '\r')
            xml.TryTake((byte)'\n');
        Append(' ');
    }

    private void Append((char First, char Second) units)
    {
        Append(units.First);
        if (units.Second != '\0')
            Append(units.Second);
    }

    private void Append(char unit)
    {
        Grow(1);
        _units[_length++] = unit;
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        Grow(utf8.Length);
        _length += Encoding.UTF8.GetChars(utf8, _units.AsSpan(_length));
    }

    private void Grow(int by)
    {
        if (_units.Length - _length < by)
            Array.Resize(ref _units, (_length + by) * 2);
    }
}
