using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using System.Xml;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>
/// The element moves of the product's lexer over .NET's own XmlReader: slow, but its XML is everybody's. With the other classes of
/// this folder it says what any bytes mean.
/// </summary>
internal sealed class ReferenceLexer : IDisposable
{
    public const int NoRefId = -1;

    // An object in a dictionary stands in Obj, DCT, En: three elements a level, and one to spare for what is skipped.
    private const int ElementsPerLevel = 4;

    // CheckCharacters off: PowerShell sends U+FFFE and U+FFFF as character references, which XML 1.0 forbids.
    private static readonly XmlReaderSettings Settings = new()
    {
        CheckCharacters = false,
        CloseInput = false,
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        XmlResolver = null,
    };

    private readonly XmlReader _xml;
    private readonly IXmlLineInfo? _place;
    private readonly int _deepest;
    private bool _isEmpty;

    /// <exception cref="ClixmlException">The bytes are not UTF-8.</exception>
    public ReferenceLexer(ReadOnlyMemory<byte> utf8, int maxDepth)
    {
        // XmlReader would guess other encodings, and report a bad byte only when it gets there.
        if (!Utf8.IsValid(utf8.Span))
            throw new ClixmlException(ClixmlFault.Malformed, "CLIXML that is not UTF-8");
        var stream = MemoryMarshal.TryGetArray(utf8, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(utf8.ToArray(), writable: false);
        _xml = XmlReader.Create(stream, Settings);
        _place = _xml as IXmlLineInfo;
        _deepest = (maxDepth + 1) * ElementsPerLevel;
    }

    public ClixmlTag Tag { get; private set; }

    /// <summary>Attribute N: the property name, or Key and Value in a dictionary.</summary>
    public string? Name { get; private set; }

    /// <summary>Attribute S: the stream, in exported files.</summary>
    public string? Stream { get; private set; }

    /// <summary>Attribute RefId, or <see cref="NoRefId"/>.</summary>
    public int RefId { get; private set; }

    /// <summary>Moves to the first child of the element it stands on; false when there is none.</summary>
    public bool FirstChild() => !_isEmpty && NextChild();

    /// <summary>
    /// Moves to the next child, or to the next value at top level; false at the end of the parent or of the input.
    /// </summary>
    public bool NextChild()
    {
        while (Advance())
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    ReadStart();
                    return true;
                case XmlNodeType.EndElement:
                    return false;
                case XmlNodeType.Text or XmlNodeType.CDATA when !string.IsNullOrWhiteSpace(Value()):
                    throw Fault(ClixmlFault.Malformed, "Text stands where only elements may");
            }
        }

        return false;
    }

    /// <summary>The text of the element, escapes and all.</summary>
    public string ReadText()
    {
        if (_isEmpty)
            return "";
        string? text = null;
        StringBuilder? more = null;
        while (Advance())
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.EndElement:
                    return more?.ToString() ?? text ?? "";
                case XmlNodeType.Element:
                    throw Fault(ClixmlFault.UnexpectedElement, "An element stands inside a primitive");
            }

            if (text is null)
                text = Value();
            else
                (more ??= new StringBuilder(text)).Append(Value());
        }

        throw Fault(ClixmlFault.Malformed, "The text ends inside an element");
    }

    public void Skip()
    {
        if (_isEmpty)
            return;
        var depth = _xml.Depth;
        while (Advance() && (_xml.Depth > depth || _xml.NodeType != XmlNodeType.EndElement))
        {
        }
    }

    /// <summary>One instance for equal texts: names and type names repeat in every object of an answer.</summary>
    public string Atom(string text) => _xml.NameTable.Add(text);

    public ClixmlException Fault(ClixmlFault reason, string message) =>
        new(reason, message, _place?.LineNumber ?? 0, _place?.LinePosition ?? 0, offset: 0);

    public void Dispose() => _xml.Dispose();

    private bool Advance()
    {
        try
        {
            if (!_xml.Read())
                return false;
        }
        catch (XmlException refusal)
        {
            throw NotWellFormed(refusal);
        }

        // Even elements that are skipped cost the reader memory for every open one.
        if (_xml.Depth > _deepest)
            throw Fault(ClixmlFault.TooDeep, $"Elements nested more than {_deepest} deep");
        return true;
    }

    // The text of a long node is parsed only when it is asked for, so this may fail as well.
    private string Value()
    {
        try
        {
            return _xml.Value;
        }
        catch (XmlException refusal)
        {
            throw NotWellFormed(refusal);
        }
    }

    // The message of the reader may quote the text, so it is not carried on.
    private static ClixmlException NotWellFormed(XmlException refusal) =>
        new(ClixmlFault.Malformed, "Not well-formed XML, or cut off", refusal.LineNumber, refusal.LinePosition, offset: 0);

    private void ReadStart()
    {
        Tag = ClixmlTags.Of(Encoding.UTF8.GetBytes(_xml.LocalName));
        Name = null;
        Stream = null;
        RefId = NoRefId;
        _isEmpty = _xml.IsEmptyElement;
        if (!_xml.MoveToFirstAttribute())
            return;
        do
        {
            switch (_xml.LocalName)
            {
                case "N":
                    Name = Atom(EscapedText.Decode(_xml.Value));
                    break;
                case "S":
                    Stream = Atom(EscapedText.Decode(_xml.Value));
                    break;
                case "RefId":
                    if (!int.TryParse(_xml.Value, out var id) || id < 0)
                        throw Fault(ClixmlFault.BadValue, "RefId is not a number");
                    RefId = id;
                    break;
            }
        }
        while (_xml.MoveToNextAttribute());
        _xml.MoveToElement();
    }
}
