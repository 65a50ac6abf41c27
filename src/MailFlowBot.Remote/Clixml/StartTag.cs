using System.Buffers;
using System.Globalization;

namespace MailFlowBot.Remote.Clixml;

/// <summary>The start tag of an element and the three attributes that mean something in CLIXML.</summary>
internal struct StartTag
{
    public const int NoRefId = -1;

    // CLIXML has at most two (three with xmlns); each new one is compared with those before it.
    private const int MostAttributes = 32;

    private static readonly SearchValues<byte> ValueStops = SearchValues.Create([.. XmlBytes.Controls(), .. "<&\"'\r\n\t"u8]);

    public ClixmlTag Tag { get; private set; }

    public string? Name { get; private set; }

    public string? Stream { get; private set; }

    public int RefId { get; private set; }

    public bool IsEmpty { get; private set; }

    /// <summary>Where its angle bracket stands.</summary>
    public int At { get; private set; }

    public int NameLength { get; private set; }

    /// <summary>Reads the tag that begins here.</summary>
    /// <param name="interpret">False when only its form counts, because the element is skipped.</param>
    /// <exception cref="ClixmlException">Not well-formed, a prefix, or a RefId that is no number.</exception>
    public void Read(ref XmlBytes xml, bool interpret, Workspace workspace)
    {
        At = xml.At;
        Name = null;
        Stream = null;
        RefId = NoRefId;
        ReadName(ref xml);
        var attributes = 0;
        while (true)
        {
            var here = xml.Here;
            if (here == '>')
            {
                IsEmpty = false;
                xml.At++;
                return;
            }

            var spaced = xml.SkipSpace();
            here = xml.Here;
            if (here == '/')
            {
                IsEmpty = true;
                xml.At++;
                xml.Take((byte)'>');
                return;
            }

            if (here == '>')
                continue;
            if (!spaced || attributes == MostAttributes)
                throw xml.NotWellFormed();
            ReadAttribute(ref xml, interpret, workspace, attributes++);
        }
    }

    private void ReadName(ref XmlBytes xml)
    {
        xml.At++;

        // Letters and digits only, and few of them: all that CLIXML has.
        var input = xml.Input;
        var at = xml.At;
        var word = 0UL;
        for (var shift = 0; at < input.Length && shift < 64 && char.IsAsciiLetterOrDigit((char)input[at]); shift += 8, at++)
            word |= (ulong)input[at] << shift;
        if (at < input.Length && input[at] is (byte)'>' or (byte)' ' or (byte)'/'
            && ClixmlTags.Of(word) is not ClixmlTag.Unknown and var tag)
        {
            Tag = tag;
            NameLength = at - xml.At;
            xml.At = at;
            return;
        }

        var name = xml.TakeName();
        Tag = ClixmlTags.Of(name);
        NameLength = name.Length;
    }

    private void ReadAttribute(ref XmlBytes xml, bool interpret, Workspace workspace, int index)
    {
        var start = xml.At;
        var name = xml.TakeAttributeName();
        workspace.Attributes[index] = (start, name.Length);
        for (var earlier = 0; earlier < index; earlier++)
        {
            var (at, length) = workspace.Attributes[earlier];
            if (xml.Input.Slice(at, length).SequenceEqual(name))
                throw xml.Fault(ClixmlFault.Malformed, "An attribute stands twice", start);
        }

        xml.SkipSpace();
        xml.Take((byte)'=');
        xml.SkipSpace();
        var quote = xml.Here;
        if (quote is not ((byte)'"' or (byte)'\''))
            throw xml.NotWellFormed();
        xml.At++;

        var known = interpret ? KnownOf(name) : Known.None;
        var run = xml.Rest.IndexOfAny(ValueStops);
        if (run >= 0 && xml.Rest[run] == quote)
        {
            var value = xml.Rest[..run];
            xml.At += run + 1;
            if (known == Known.RefId)
                RefId = ParseId(value) ?? throw NoNumber(xml);
            else if (known != Known.None)
                Set(known, WireNames.Name(value));
            return;
        }

        workspace.Text.ReadAttribute(ref xml, quote);
        if (known == Known.RefId)
            RefId = ParseId(workspace.Text.Written) ?? throw NoNumber(xml);
        else if (known != Known.None)
            Set(known, EscapedText.Decode(workspace.Text.Written.ToString()));
    }

    private void Set(Known attribute, string value)
    {
        if (attribute == Known.Name)
            Name = value;
        else
            Stream = value;
    }

    private readonly ClixmlException NoNumber(XmlBytes xml) => xml.Fault(ClixmlFault.BadValue, "RefId is not a number", At);

    private static Known KnownOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => name[0] == 'N' ? Known.Name : name[0] == 'S' ? Known.Stream : Known.None,
        5 => name.SequenceEqual("RefId"u8) ? Known.RefId : Known.None,
        _ => Known.None,
    };

    private static int? ParseId(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) && id >= 0 ? id : null;

    private static int? ParseId(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) && id >= 0 ? id : null;

    private enum Known
    {
        None,
        Name,
        Stream,
        RefId,
    }
}
