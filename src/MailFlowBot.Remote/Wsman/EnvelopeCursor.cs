using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Reads an envelope forward only, with the safe settings and caps in one place. All trouble leaves as <see
/// cref="WsmanException"/>.
/// </summary>
internal sealed class EnvelopeCursor : IDisposable
{
    /// <summary>Largest envelope read, in bytes. Windows' own limit for MaxEnvelopeSizekb is far below; arbitrary.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Deepest nesting read. A real fault is 10 deep; arbitrary.</summary>
    public const int MaxDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,

        // PowerShell puts texts of cmdlets into fault details, with control characters as references that XML 1.0 forbids.
        CheckCharacters = false,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = 1024,
    };

    private readonly XmlReader _reader;

    private EnvelopeCursor(XmlReader reader) => _reader = reader;

    public string Name => _reader.LocalName;

    public string Namespace => _reader.NamespaceURI;

    /// <summary>Runs a read over a whole envelope and turns every failure of the XML layer into the typed one.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> envelope, Func<EnvelopeCursor, T> read)
    {
        if (envelope.Length > MaxBytes)
            throw new WsmanException(EnvelopeFault.TooLarge, $"The envelope has {envelope.Length} bytes; at most {MaxBytes} are read.");
        try
        {
            using var cursor = new EnvelopeCursor(XmlReader.Create(Open(envelope), Settings));
            return read(cursor);
        }
        catch (XmlException e)
        {
            throw new WsmanException(EnvelopeFault.Malformed, $"The envelope is no readable XML: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new WsmanException(EnvelopeFault.Malformed, "The envelope is no valid text of its encoding.", e);
        }
    }

    public void Dispose() => _reader.Dispose();

    public bool Is(string name, string ns) => Name == name && Namespace == ns;

    /// <summary>Goes to the root, which must be a SOAP 1.2 envelope, and visits header and body.</summary>
    public void Envelope(Action header, Action body)
    {
        while (_reader.NodeType != XmlNodeType.Element)
        {
            if (!_reader.Read())
                throw new WsmanException(EnvelopeFault.NotAnEnvelope, "The answer is empty.");
        }

        if (!Is("Envelope", WsmanNames.Soap))
            throw new WsmanException(EnvelopeFault.NotAnEnvelope, $"The document is <{Name}>, not a SOAP 1.2 envelope.");
        var bodySeen = false;
        Children(() =>
        {
            if (Is("Header", WsmanNames.Soap))
            {
                Children(header);
            }
            else if (Is("Body", WsmanNames.Soap))
            {
                bodySeen = true;
                Children(body);
            }
        });
        if (!bodySeen)
            throw new WsmanException(EnvelopeFault.NotAnEnvelope, "The envelope has no body.");
    }

    /// <summary>
    /// Visits each child element of the current element and ends behind it. A visit may read its element (by <see cref="Text"/>,
    /// <see cref="Base64"/> or this method); if it does not, the element is skipped.
    /// </summary>
    public void Children(Action visit)
    {
        var depth = _reader.Depth;
        if (_reader.IsEmptyElement)
        {
            _reader.Read();
            return;
        }

        _reader.Read();
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType != XmlNodeType.Element)
            {
                Step();
                continue;
            }

            var line = Position();
            visit();
            if (Position() == line)
                Skip();
        }

        Step();
    }

    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>The text of the current element, which must hold no elements.</summary>
    public string Text() => _reader.ReadElementContentAsString();

    public int Number()
    {
        var name = Name;
        var text = Text();
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Bad(name, text, "a whole number");
    }

    public TimeSpan Duration()
    {
        var name = Name;
        var text = Text();
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Bad(name, text, "a duration such as PT20S", e);
        }
    }

    /// <summary>The bytes of the current element's base64 text.</summary>
    /// <remarks>Not by ReadElementContentAsBase64, which drops an incomplete last group without a word.</remarks>
    public ReadOnlyMemory<byte> Base64()
    {
        var decoder = new Base64Text(Name);
        if (!_reader.IsEmptyElement)
        {
            _reader.Read();
            while (_reader.NodeType is not XmlNodeType.EndElement)
            {
                if (_reader.NodeType is XmlNodeType.Element || !_reader.CanReadValueChunk)
                    throw decoder.Refusal();
                decoder.Take(_reader);
                _reader.Read();
            }
        }

        _reader.Read();
        return decoder.Finish();
    }

    /// <summary>
    /// Goes through the current element, whatever it holds, and ends behind it. <paramref name="enter"/> runs on each element
    /// (the current one too); <paramref name="text"/> gets each text with the names of the elements around it, innermost first.
    /// </summary>
    public void Walk(Action enter, Action<Stack<string>, string> text)
    {
        var depth = _reader.Depth;
        var path = new Stack<string>();
        do
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    enter();
                    if (!_reader.IsEmptyElement)
                        path.Push(Name);
                    break;
                case XmlNodeType.EndElement:
                    path.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    text(path, _reader.Value);
                    break;
                default:
                    break;
            }

            Step();
        }
        while (_reader.Depth > depth || path.Count > 0);
    }

    public static Guid Guid(string? text, string where) =>
        System.Guid.TryParse(text, out var value) ? value : throw Bad(where, text ?? string.Empty, "a GUID");

    public static WsmanException Bad(string where, string text, string expected, Exception? inner = null) =>
        new(EnvelopeFault.BadElement, $"<{where}> says '{(text.Length > 80 ? text[..80] : text)}' where {expected} is needed.", inner);

    public static WsmanException Missing(string what) => new(EnvelopeFault.BadElement, $"The envelope has no {what}.");

    private void Skip()
    {
        var depth = _reader.Depth;
        if (_reader.IsEmptyElement)
        {
            _reader.Read();
            return;
        }

        do
        {
            Step();
        }
        while (_reader.Depth > depth);
        Step();
    }

    private void Step()
    {
        _reader.Read();
        if (_reader.Depth > MaxDepth)
            throw new WsmanException(EnvelopeFault.Malformed, $"The envelope nests more than {MaxDepth} elements deep.");
    }

    private (int Line, int Column, XmlNodeType Node) Position() =>
        _reader is IXmlLineInfo info ? (info.LineNumber, info.LinePosition, _reader.NodeType) : default;

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
