using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// What both halves share when they write: UTF-8 without BOM or declaration, and the prefixes s, a, w, p and rsp, which every envelope
/// declares. Names are given as they stand in the text, prefix and all.
/// </summary>
internal sealed class EnvelopeWriter
{
    // More than any envelope of ours has beside its payload, lists and faults excepted.
    private const int Skeleton = 3072;

    // What text must not hold as it is, and U+FFFE and U+FFFF, which XML 1.0 forbids: texts of faults come from elsewhere.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C"
        + "\u001D\u001E\u001F\r\n\t&<>\"\uFFFE\uFFFF");

    private byte[] _bytes;
    private int _length;
    private bool _inTag;

    private EnvelopeWriter(int payload) => _bytes = new byte[Skeleton + Base64.GetMaxEncodedToUtf8Length(payload)];

    /// <param name="header">Writes the headers.</param>
    /// <param name="body">Writes the body.</param>
    /// <param name="payload">How many bytes the body carries as base64, so that the buffer need not grow.</param>
    public static ReadOnlyMemory<byte> Write(Action<EnvelopeWriter> header, Action<EnvelopeWriter> body, int payload = 0)
    {
        var to = new EnvelopeWriter(payload);
        to.Raw(
            """<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" """u8);
        to.Raw(
            """xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" """u8);
        to.Raw("""xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"><s:Header>"""u8);
        header(to);
        to.Raw("</s:Header><s:Body>"u8);
        body(to);
        to.Raw("</s:Body></s:Envelope>"u8);
        return new ReadOnlyMemory<byte>(to._bytes, 0, to._length);
    }

    public void Open(ReadOnlySpan<byte> name)
    {
        EndTag();
        Append("<"u8);
        Append(name);
        _inTag = true;
    }

    /// <summary>Of the element just opened.</summary>
    public void Attribute(ReadOnlySpan<byte> name, string value)
    {
        Append(" "u8);
        Append(name);
        Append("=\""u8);
        Escape(value);
        Append("\""u8);
    }

    public void Text(string value)
    {
        EndTag();
        Escape(value);
    }

    public void Content(ReadOnlyMemory<byte> bytes)
    {
        EndTag();
        var room = Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes.Span, room, out _, out var written);
        _length += written;
    }

    public void Close(ReadOnlySpan<byte> name)
    {
        if (_inTag)
        {
            Append("/>"u8);
            _inTag = false;
            return;
        }

        Append("</"u8);
        Append(name);
        Append(">"u8);
    }

    /// <summary>An element with text; left out when there is none.</summary>
    public void Element(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        Open(name);
        Text(value);
        Close(name);
    }

    public void Element(ReadOnlySpan<byte> name, int value) => Element(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An element with a duration; left out when there is none.</summary>
    public void Element(ReadOnlySpan<byte> name, TimeSpan? value) => Element(name, value is { } time ? XmlConvert.ToString(time) : null);

    /// <summary>An element whose text the receiver must understand.</summary>
    public void Demanded(ReadOnlySpan<byte> name, string value)
    {
        Open(name);
        Append(" s:mustUnderstand=\"true\""u8);
        Text(value);
        Close(name);
    }

    public void Command(CommandId? command)
    {
        if (command is { } id)
            Attribute("CommandId"u8, id.ToString());
    }

    public void Selectors(ShellId shell)
    {
        Raw("<w:SelectorSet><w:Selector Name=\"ShellId\">"u8);
        Text(shell.Value);
        Raw("</w:Selector></w:SelectorSet>"u8);
    }

    /// <summary>Finished markup, as it stands.</summary>
    public void Raw(ReadOnlySpan<byte> markup)
    {
        EndTag();
        Append(markup);
    }

    private void EndTag()
    {
        if (_inTag)
            Append(">"u8);
        _inTag = false;
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(Escaped);
            var run = plain < 0 ? text : text[..plain];
            _length += Encoding.UTF8.GetBytes(run, Reserve(Encoding.UTF8.GetMaxByteCount(run.Length)));
            if (plain < 0)
                return;
            switch (text[plain])
            {
                case '&': Append("&amp;"u8); break;
                case '<': Append("&lt;"u8); break;
                case '>': Append("&gt;"u8); break;
                case '"': Append("&quot;"u8); break;
                case var other: Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"&#x{(int)other:X};"))); break;
            }

            text = text[(plain + 1)..];
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Reserve(int more)
    {
        if (_bytes.Length - _length < more)
            Array.Resize(ref _bytes, Math.Max(_length + more, _bytes.Length * 2));
        return _bytes.AsSpan(_length);
    }
}
