using System.Buffers;
using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Takes tags apart and hands elements to the builder. Each tag comes whole, without its angle brackets.</summary>
internal sealed class EnvelopeTag(EnvelopeBuilder builder)
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    // Beyond ASCII nearly all characters may be in names; the few others are let through.
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:"u8, .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value)]);

    private readonly EnvelopeNamespaces _namespaces = new();
    private readonly Stack<int> _nameLengths = new();
    private readonly List<(Range Name, Range Value)> _attributes = [];

    // The names of the elements that are open, one behind the other.
    private byte[] _openNames = new byte[256];
    private int _openLength;

    /// <exception cref="WsmanException">No valid tag, or not the end of what is open.</exception>
    public void Take(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith((byte)'/'))
        {
            End(tag[1..].TrimEnd(" \t\r\n"u8));
            return;
        }

        var isEmpty = tag.EndsWith((byte)'/');
        Start(isEmpty ? tag[..^1] : tag);
        if (isEmpty)
            Close();
    }

    private void Start(ReadOnlySpan<byte> tag)
    {
        var name = NameAt(tag);
        Split(tag, name.Length);
        var depth = builder.Depth;
        foreach (var (attribute, value) in _attributes)
        {
            var declared = tag[attribute];
            if (declared.SequenceEqual("xmlns"u8))
                _namespaces.Declare(string.Empty, Value(tag[value]), depth);
            else if (declared.StartsWith("xmlns:"u8))
                _namespaces.Declare(EnvelopeText.Read(declared[6..]), Value(tag[value]), depth);
        }

        var local = LocalPart(name);
        builder.Open(_namespaces.Find(Prefix(name, local)), EnvelopeText.Read(name[local..]), Plain(tag));
        if (_openLength + name.Length > _openNames.Length)
            Array.Resize(ref _openNames, (_openLength + name.Length) * 2);
        name.CopyTo(_openNames.AsSpan(_openLength));
        _openLength += name.Length;
        _nameLengths.Push(name.Length);
    }

    private void End(ReadOnlySpan<byte> name)
    {
        if (!_nameLengths.TryPeek(out var length) || !_openNames.AsSpan(_openLength - length, length).SequenceEqual(name))
            throw Malformed($"</{Encoding.UTF8.GetString(name[..Math.Min(name.Length, 80)])}> ends what is not open");
        Close();
    }

    private void Close()
    {
        _openLength -= _nameLengths.Pop();
        builder.Close();
        _namespaces.Leave(builder.Depth);
    }

    /// <summary>Fills the list of attributes.</summary>
    private void Split(ReadOnlySpan<byte> tag, int at)
    {
        _attributes.Clear();
        while (true)
        {
            var spaces = tag[at..].IndexOfAnyExcept(Space);
            if (spaces < 0)
                return;
            if (spaces == 0)
                throw Malformed("attributes follow one another without space");
            at += spaces;
            var name = at..(at + NameAt(tag[at..]).Length);
            at = Skip(tag, name.End.Value);
            if (at >= tag.Length || tag[at] != '=')
                throw Malformed("an attribute has no value");
            at = Skip(tag, at + 1);
            if (at >= tag.Length || tag[at] is not ((byte)'"' or (byte)'\''))
                throw Malformed("the value of an attribute has no quotes");
            var length = tag[(at + 1)..].IndexOf(tag[at]);
            if (length < 0)
                throw Malformed("the value of an attribute has no end");
            Add(tag, name, (at + 1)..(at + 1 + length));
            at += length + 2;
        }
    }

    private void Add(ReadOnlySpan<byte> tag, Range name, Range value)
    {
        if (_attributes.Count >= EnvelopeLimits.MaxAttributes)
            throw new WsmanException(EnvelopeFault.TooLarge, $"An element has more than {EnvelopeLimits.MaxAttributes} attributes.");
        foreach (var (other, _) in _attributes)
        {
            if (tag[other].SequenceEqual(tag[name]))
                throw Malformed("an attribute is given twice");
        }

        _attributes.Add((name, value));
    }

    /// <summary>The attributes without a prefix; the prefix of each other one must be declared all the same.</summary>
    private EnvelopeAttribute[] Plain(ReadOnlySpan<byte> tag)
    {
        var count = 0;
        foreach (var (name, value) in _attributes)
        {
            var prefix = Prefix(tag[name], LocalPart(tag[name]));
            if (prefix.IsEmpty && !tag[name].SequenceEqual("xmlns"u8))
                count++;
            else if (!prefix.IsEmpty && !prefix.SequenceEqual("xmlns"u8))
                Check(prefix, tag[value]);
        }

        if (count == 0)
            return [];
        var plain = new EnvelopeAttribute[count];
        foreach (var (name, value) in _attributes)
        {
            if (!tag[name].Contains((byte)':') && !tag[name].SequenceEqual("xmlns"u8))
                plain[^count--] = new EnvelopeAttribute(EnvelopeText.Read(tag[name]), Value(tag[value]));
        }

        return plain;
    }

    /// <summary>Of an attribute that is not kept.</summary>
    private void Check(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> raw)
    {
        _namespaces.Find(prefix);
        if (raw.ContainsAny("&<\0"u8))
            Value(raw);
    }

    private static string Value(ReadOnlySpan<byte> raw)
    {
        if (raw.ContainsAny("<\0"u8))
            throw Malformed("the value of an attribute holds a character that must not be there");
        return raw.ContainsAny("&\t\r\n"u8) ? EnvelopeText.Resolve(raw) : EnvelopeText.Read(raw);
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(NameBytes);
        var name = end < 0 ? text : text[..end];
        if (name.IsEmpty || !IsStart(name[0]))
            throw Malformed("a name is missing or begins with a character that must not begin one");
        return name.Length <= EnvelopeLimits.MaxName
            ? name
            : throw new WsmanException(EnvelopeFault.TooLarge, $"A name in the envelope has more than {EnvelopeLimits.MaxName} bytes.");
    }

    /// <summary>Where the local part of a name begins: behind the colon, or at the beginning.</summary>
    private static int LocalPart(ReadOnlySpan<byte> name)
    {
        var local = name.IndexOf((byte)':') + 1;
        if (local > 0 && (local == name.Length || !IsStart(name[local]) || name[local..].Contains((byte)':')))
            throw Malformed("a name has a colon in the wrong place");
        return local;
    }

    /// <summary>The part of a name before the colon; empty when there is none.</summary>
    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> name, int local) => local == 0 ? default : name[..(local - 1)];

    private static bool IsStart(byte letter) => char.IsAsciiLetter((char)letter) || letter == '_' || letter >= 0x80;

    private static int Skip(ReadOnlySpan<byte> tag, int at)
    {
        var spaces = tag[at..].IndexOfAnyExcept(Space);
        return spaces < 0 ? tag.Length : at + spaces;
    }

    private static WsmanException Malformed(string what) => new(EnvelopeFault.Malformed, $"The envelope is no readable XML: {what}.");
}
