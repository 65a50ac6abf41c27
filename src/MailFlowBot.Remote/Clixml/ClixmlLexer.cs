using System.Buffers;
using System.Text;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Walks CLIXML element by element over the bytes it was given. After a move it stands on the start of an element, which the caller
/// must consume (children, a text or <see cref="Skip"/>) before the next move.
/// </summary>
internal ref struct ClixmlLexer
{
    // An object in a dictionary stands in Obj, DCT, En: three elements a level, and one to spare for what is skipped.
    private const int ElementsPerLevel = 4;

    // What cannot be taken as it stands, and the underscore, which may begin an escape of CLIXML's own.
    private static readonly SearchValues<byte> TextStops = SearchValues.Create([.. XmlBytes.Controls(), .. "<&]\r_"u8]);

    private readonly Workspace _workspace;
    private readonly int _deepest;
    private XmlBytes _xml;
    private StartTag _start;
    private int _depth;

    public ClixmlLexer(XmlBytes xml, int maxDepth, Workspace workspace)
    {
        _xml = xml;
        _workspace = workspace;
        _deepest = (maxDepth + 1) * ElementsPerLevel;
        workspace.ProvideDepth(_deepest + 1);
    }

    /// <summary>How many bytes are behind it.</summary>
    public readonly int At => _xml.At;

    public readonly ClixmlTag Tag => _start.Tag;

    /// <summary>Attribute N: the property name, or Key and Value in a dictionary.</summary>
    public readonly string? Name => _start.Name;

    /// <summary>Attribute S: the stream, in exported files.</summary>
    public readonly string? Stream => _start.Stream;

    /// <summary>Attribute RefId, or <see cref="StartTag.NoRefId"/>.</summary>
    public readonly int RefId => _start.RefId;

    /// <summary>Moves to the first child of the element it stands on; false when there is none.</summary>
    public bool FirstChild()
    {
        if (_start.IsEmpty)
            return false;
        Enter();
        return NextChild();
    }

    /// <summary>
    /// Moves to the next child, or to the next value at top level; false at the end of the parent or of the input.
    /// </summary>
    public bool NextChild()
    {
        while (true)
        {
            _xml.SkipSpace();
            if (_xml.Here != '<')
            {
                if (_xml.AtEnd)
                    return _depth == 0 ? false : throw _xml.NotWellFormed();
                SkipBlankText();
                continue;
            }

            var next = _xml.At + 1 < _xml.Input.Length ? _xml.Input[_xml.At + 1] : (byte)0;
            switch (next)
            {
                case (byte)'/':
                    Leave();
                    return false;
                case (byte)'!' or (byte)'?':
                    SkipMarkup(blankOnly: true);
                    break;
                default:
                    Start(interpret: true);
                    return true;
            }
        }
    }

    /// <summary>The text of the element, with nothing left to undo.</summary>
    public string ReadString()
    {
        if (_start.IsEmpty)
            return "";
        if (!TryReadPlain(out var utf8, out var escaped))
            return EscapedText.Decode(ReadMixed());
        return escaped ? EscapedText.Decode(Encoding.UTF8.GetString(utf8)) : Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The text of the element as UTF-8, escapes and all: what numbers, times and the like are parsed from.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        if (_start.IsEmpty)
            return [];
        return TryReadPlain(out var utf8, out _) ? utf8 : Encoding.UTF8.GetBytes(ReadMixed());
    }

    /// <summary>A type name: like a text, but shared with all that had it before.</summary>
    public string ReadName()
    {
        if (_start.IsEmpty)
            return "";
        return TryReadPlain(out var utf8, out _) ? WireNames.Name(utf8) : EscapedText.Decode(ReadMixed());
    }

    /// <summary>
    /// The bytes up to the next end tag TN, without moving; empty when it is far or absent. They are all that the element holds
    /// unless a comment hides the tag.
    /// </summary>
    public readonly ReadOnlySpan<byte> PeekTypeNames()
    {
        const int Far = 2048;
        var near = _xml.Rest;
        near = near[..Math.Min(near.Length, Far)];
        return _start.IsEmpty || near.IndexOf("</TN>"u8) is not (> 0 and var length) ? [] : near[..length];
    }

    /// <summary>Consumes an element TN by the length of the content that was peeked and has been read before.</summary>
    public void PassTypeNames(int length) => _xml.At += length + "</TN>".Length;

    public void Skip()
    {
        if (_start.IsEmpty)
            return;
        var outer = _depth;
        Enter();
        while (_depth > outer)
        {
            SkipText();
            var next = _xml.At + 1 < _xml.Input.Length ? _xml.Input[_xml.At + 1] : (byte)0;
            switch (next)
            {
                case (byte)'/':
                    Leave();
                    break;
                case (byte)'!' or (byte)'?':
                    SkipMarkup(blankOnly: false);
                    break;
                default:
                    Start(interpret: false);
                    if (!_start.IsEmpty)
                        Enter();
                    break;
            }
        }
    }

    public readonly ClixmlException Fault(ClixmlFault reason, string message) => _xml.Fault(reason, message, _start.At);

    private void Start(bool interpret)
    {
        // Even elements that are skipped cost a place for every open one.
        if (_depth > _deepest)
            throw _xml.Fault(ClixmlFault.TooDeep, $"Elements nested more than {_deepest} deep", _xml.At);
        _start.Read(ref _xml, interpret, _workspace);
    }

    private void Enter() => _workspace.Open[_depth++] = (_start.At + 1, _start.NameLength);

    private void Leave()
    {
        if (_depth == 0)
            throw _xml.NotWellFormed();
        var (at, length) = _workspace.Open[--_depth];
        TakeEndTag(_xml.Input.Slice(at, length));
    }

    private void TakeEndTag(ReadOnlySpan<byte> name)
    {
        _xml.At += 2;
        if (!_xml.TryTake(name))
            throw _xml.NotWellFormed();
        _xml.SkipSpace();
        _xml.Take((byte)'>');
    }

    // Nearly every text: nothing in it that XML gives a meaning, then the end tag in its plainest form.
    private bool TryReadPlain(out ReadOnlySpan<byte> text, out bool escaped)
    {
        escaped = false;
        text = default;
        var rest = _xml.Rest;
        for (var at = 0; ; at++)
        {
            var run = rest[at..].IndexOfAny(TextStops);
            if (run < 0)
                throw _xml.Fault(ClixmlFault.Malformed, "The text ends inside an element", _xml.Input.Length);
            at += run;
            switch (rest[at])
            {
                case (byte)'_':
                    escaped |= at + 1 < rest.Length && (rest[at + 1] | 0x20) == 'x';
                    break;
                case (byte)']' when !rest[at..].StartsWith("]]>"u8):
                    break;
                case (byte)'<' when IsPlainEndTag(rest[at..]):
                    text = rest[..at];
                    _xml.At += at + _start.NameLength + 3;
                    return true;
                default:
                    return false;
            }
        }
    }

    private readonly bool IsPlainEndTag(ReadOnlySpan<byte> tag)
    {
        var length = _start.NameLength;
        return tag.Length >= length + 3 && tag[1] == '/' && tag[length + 2] == '>'
            && tag.Slice(2, length).SequenceEqual(_xml.Input.Slice(_start.At + 1, length));
    }

    private string ReadMixed()
    {
        _workspace.Text.ReadElement(ref _xml);
        TakeEndTag(_xml.Input.Slice(_start.At + 1, _start.NameLength));
        return _workspace.Text.Written.ToString();
    }

    // Between elements, where a text may only be blank; a reference to a blank is one.
    private void SkipBlankText()
    {
        if (_xml.Here != '&')
        {
            Rune.DecodeFromUtf8(_xml.Rest, out var rune, out var length);
            if (!Rune.IsWhiteSpace(rune) || rune.Value < ' ')
                throw TextBetween();
            _xml.At += length;
            return;
        }

        _xml.At++;
        if (!char.IsWhiteSpace(_xml.TakeReference().First))
            throw TextBetween();
    }

    private void SkipText()
    {
        while (true)
        {
            var run = _xml.Rest.IndexOfAny(TextStops);
            if (run < 0)
                throw _xml.Fault(ClixmlFault.Malformed, "The text ends inside an element", _xml.Input.Length);
            _xml.At += run;
            switch (_xml.Here)
            {
                case (byte)'<':
                    return;
                case (byte)'&':
                    _xml.At++;
                    _xml.TakeReference();
                    break;
                case (byte)'\r' or (byte)'_':
                case (byte)']' when !_xml.Rest.StartsWith("]]>"u8):
                    _xml.At++;
                    break;
                default:
                    throw _xml.NotWellFormed();
            }
        }
    }

    private void SkipMarkup(bool blankOnly)
    {
        if (_xml.TryTake("<!--"u8))
            _xml.SkipComment();
        else if (_xml.TryTake("<?"u8))
            _xml.SkipInstruction();
        else if (!_xml.TryTake("<![CDATA["u8))
            throw _xml.NotWellFormed(); // A DTD among them: nothing here may define entities.
        else if (!string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(_xml.TakeCData())) && blankOnly)
            throw TextBetween();
    }

    private readonly ClixmlException TextBetween() =>
        _xml.Fault(ClixmlFault.Malformed, "Text stands where only elements may", _xml.At);
}
