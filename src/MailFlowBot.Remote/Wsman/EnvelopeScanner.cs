using System.Buffers;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Reads an envelope while its bytes come in, split anywhere. Knows the XML that SOAP allows: elements, attributes, namespaces, text,
/// CDATA, references by number and to the five named characters; comments are skipped. Document types and processing instructions are
/// refused, as SOAP 1.2 part 1 chapter 5 wants it. Holds one tag or one text at a time, never the whole.
/// </summary>
internal sealed class EnvelopeScanner : IDisposable
{
    // NUL is no character of XML in any spelling.
    private static readonly SearchValues<byte> TextEnd = SearchValues.Create("<&\r\0"u8);

    private readonly EnvelopeBuilder _builder = new();
    private readonly ArrayBufferWriter<byte> _carry = new(256);
    private readonly EnvelopeTag _tag;
    private readonly EnvelopeEncoding _encoding;
    private Place _place = Place.Text;
    private byte _quote;
    private int _run;
    private bool _afterReturn;
    private bool _started;
    private long _total;

    public EnvelopeScanner()
    {
        _tag = new EnvelopeTag(_builder);
        _encoding = new EnvelopeEncoding(Scan);
    }

    private enum Place
    {
        Text,
        Reference,

        /// <summary>Behind an opening bracket; what comes is not known yet.</summary>
        Markup,
        Tag,
        Comment,
        Content,
        Instruction,
    }

    /// <summary>An envelope that is there as a whole.</summary>
    /// <exception cref="WsmanException">It is none.</exception>
    public static Envelope Read(ReadOnlySpan<byte> envelope)
    {
        using var scanner = new EnvelopeScanner();
        scanner.Feed(envelope);
        return scanner.Finish();
    }

    /// <param name="bytes">The next bytes; not kept.</param>
    /// <exception cref="WsmanException">What came so far is the beginning of no envelope, or too much.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        if (_total > EnvelopeLimits.MaxBytes)
            throw new WsmanException(EnvelopeFault.TooLarge, $"The envelope has more than {EnvelopeLimits.MaxBytes} bytes.");
        _encoding.Feed(bytes);
    }

    /// <exception cref="WsmanException">The envelope is not whole.</exception>
    public Envelope Finish()
    {
        _encoding.Finish();
        if (_place is not Place.Text)
            throw Malformed("it ends within markup");
        return new Envelope(_builder.Root());
    }

    public void Dispose() => _builder.Dispose();

    private void Scan(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var taken = _place switch
            {
                Place.Text => Text(utf8),
                Place.Reference => Reference(utf8),
                Place.Markup => Markup(utf8),
                Place.Tag => Tag(utf8),
                Place.Comment => Comment(utf8),
                Place.Content => Content(utf8),
                Place.Instruction => Instruction(utf8),
                _ => throw new InvalidOperationException($"No rule for {_place}."),
            };
            utf8 = utf8[taken..];
        }
    }

    private int Text(ReadOnlySpan<byte> utf8)
    {
        if (_afterReturn)
        {
            _afterReturn = false;
            if (utf8[0] == '\n')
                return 1;
        }

        var end = utf8.IndexOfAny(TextEnd);
        Say(end < 0 ? utf8 : utf8[..end]);
        if (end < 0)
            return utf8.Length;
        switch (utf8[end])
        {
            case (byte)'<':
                _place = Place.Markup;
                break;
            case (byte)'&' when _builder.Depth > 0:
                _place = Place.Reference;
                break;
            case (byte)'\r':
                // Every end of a line is read as one line feed (XML 1.0 2.11).
                Say("\n"u8);
                _afterReturn = true;
                break;
            default:
                throw Malformed("a character stands where none may stand");
        }

        return end + 1;
    }

    private void Say(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        if (_builder.Depth > 0)
            _builder.Text(text);
        else if (text.ContainsAnyExcept(" \t\r\n"u8))
            throw Malformed("text stands outside of the envelope");
        _started = true;
    }

    private int Reference(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOf((byte)';');
        var taken = Collect(end < 0 ? utf8 : utf8[..end], CharacterReference.MaxLength);
        if (end < 0)
            return taken;
        Span<byte> resolved = stackalloc byte[CharacterReference.MaxUtf8];
        _builder.Text(resolved[..CharacterReference.Resolve(_carry.WrittenSpan, resolved)]);
        Leave();
        return taken + 1;
    }

    private int Markup(ReadOnlySpan<byte> utf8)
    {
        var isFirst = !_started;
        _started = true;
        if (_carry.WrittenCount == 0 && utf8[0] is not ((byte)'!' or (byte)'?'))
        {
            _place = Place.Tag;
            return 0;
        }

        if (utf8[0] == '?' && _carry.WrittenCount == 0)
        {
            if (!isFirst)
                throw Malformed("it holds a processing instruction");
            _place = Place.Instruction;
            return 1;
        }

        Collect(utf8[..1], 16);
        var begun = _carry.WrittenSpan;
        if (begun.SequenceEqual("!--"u8))
            Enter(Place.Comment);
        else if (begun.SequenceEqual("![CDATA["u8) && _builder.Depth > 0)
            Enter(Place.Content);
        else if (!"!--"u8.StartsWith(begun) && !"![CDATA["u8.StartsWith(begun))
            throw Malformed("it holds a document type, or markup that is none");
        return 1;
    }

    private int Tag(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length)
        {
            var found = _quote == 0 ? utf8[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'') : utf8[at..].IndexOf(_quote);
            if (found < 0)
                break;
            at += found + 1;
            if (_quote != 0)
            {
                _quote = 0;
            }
            else if (utf8[at - 1] != '>')
            {
                _quote = utf8[at - 1];
            }
            else
            {
                if (_carry.WrittenCount > 0)
                    Collect(utf8[..(at - 1)], EnvelopeLimits.MaxText);
                _tag.Take(_carry.WrittenCount > 0 ? _carry.WrittenSpan : utf8[..(at - 1)]);
                Leave();
                return at;
            }
        }

        return Collect(utf8, EnvelopeLimits.MaxText);
    }

    // Two hyphens in a row end a comment and may stand nowhere else in it (XML 1.0 2.5).
    private int Comment(ReadOnlySpan<byte> utf8)
    {
        if (_run == 2)
        {
            if (utf8[0] != '>')
                throw Malformed("a comment holds two hyphens");
            Leave();
            return 1;
        }

        if (utf8[0] == '-')
        {
            _run++;
            return 1;
        }

        _run = 0;
        var next = utf8.IndexOf((byte)'-');
        return next < 0 ? utf8.Length : next;
    }

    private int Content(ReadOnlySpan<byte> utf8)
    {
        if (utf8[0] == ']')
        {
            // Of three brackets in a row the first is text.
            if (_run == 2)
                _builder.Text("]"u8);
            else
                _run++;
            return 1;
        }

        if (_run == 2 && utf8[0] == '>')
        {
            Leave();
            return 1;
        }

        if (_run > 0)
            _builder.Text("]]"u8[.._run]);
        _run = 0;
        var next = utf8.IndexOf((byte)']');
        var text = next < 0 ? utf8 : utf8[..next];
        if (text.Contains((byte)0))
            throw Malformed("a character stands where none may stand");
        _builder.Text(text);
        return text.Length;
    }

    private int Instruction(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOf((byte)'>');
        var taken = Collect(end < 0 ? utf8 : utf8[..end], EnvelopeLimits.MaxName);
        if (end < 0)
            return taken;
        var said = _carry.WrittenSpan;
        if (!said.StartsWith("xml "u8) || !said.EndsWith("?"u8))
            throw Malformed("it holds a processing instruction");
        Leave();
        return taken + 1;
    }

    private int Collect(ReadOnlySpan<byte> bytes, int max)
    {
        if (_carry.WrittenCount + bytes.Length > max)
        {
            throw _place is Place.Reference
                ? CharacterReference.Refusal(bytes)
                : new WsmanException(EnvelopeFault.TooLarge, $"A piece of markup in the envelope has more than {max} bytes.");
        }

        _carry.Write(bytes);
        return bytes.Length;
    }

    private void Enter(Place place)
    {
        _carry.ResetWrittenCount();
        _run = 0;
        _place = place;
    }

    private void Leave() => Enter(Place.Text);

    private static WsmanException Malformed(string what) => new(EnvelopeFault.Malformed, $"The envelope is no readable XML: {what}.");
}
