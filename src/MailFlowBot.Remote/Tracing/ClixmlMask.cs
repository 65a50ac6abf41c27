using System.Text;

namespace MailFlowBot.Remote.Tracing;

/// <summary>
/// Replaces texts in CLIXML by filler of the same length, in pieces cut anywhere. What stays: element and property names, type names,
/// numbers, truth values, times, GUIDs and versions; and strings of the few properties that tell states and commands apart. Anything
/// else is masked, so what is not known is not shown.
/// </summary>
internal sealed class ClixmlMask
{
    // Longer tags are not looked at, and what follows them is masked.
    private const int MaxTag = 512;

    // MS-PSRP 2.2.5.1: primitives that hold no text of anybody, and the names of types.
    private static readonly HashSet<string> KeptElements =
        ["I16", "I32", "I64", "U16", "U32", "U64", "By", "SB", "B", "Db", "Sg", "D", "DT", "TS", "G", "Version", "C", "T"];

    // Cmd and N: names of commands and parameters (MS-PSRP 2.2.3.11, 2.2.3.13). Key: names in dictionaries. The rest: states of Exchange and Windows.
    private static readonly HashSet<string> KeptStrings = ["Cmd", "N", "Key", "Component", "State", "Status", "Requester", "StartType"];

    private readonly byte[] _tag = new byte[MaxTag];
    private int _length;
    private bool _inTag;
    private byte _quote;
    private Text _text = Text.Kept;

    private enum Text
    {
        Kept,
        Filled,
        FilledAsBase64,
    }

    /// <param name="bytes">Of a body; changed in place.</param>
    /// <param name="offset">0 begins another body.</param>
    public void Take(Span<byte> bytes, int offset)
    {
        if (offset == 0)
            (_inTag, _quote, _text) = (false, 0, Text.Kept);
        foreach (ref var at in bytes)
        {
            if (_inTag)
                InTag(at);
            else if (at == '<')
                (_inTag, _length) = (true, 0);
            else if (_text != Text.Kept)
                at = _text == Text.FilledAsBase64 ? (byte)'A' : (byte)'x';
        }
    }

    private void InTag(byte at)
    {
        if (_quote != 0)
            _quote = at == _quote ? (byte)0 : _quote;
        else if (at is (byte)'"' or (byte)'\'')
            _quote = at;
        if (at == '>' && _quote == 0)
        {
            _inTag = false;
            _text = After(_length > MaxTag ? "" : Encoding.Latin1.GetString(_tag, 0, _length));
            return;
        }

        if (_length < MaxTag)
            _tag[_length] = at;
        _length++;
    }

    // Between elements there is at most white space, which keeps nothing secret.
    private static Text After(string tag)
    {
        if (tag.StartsWith('/') || tag.EndsWith('/'))
            return Text.Filled;
        var end = tag.IndexOf(' ', StringComparison.Ordinal);
        var element = end < 0 ? tag : tag[..end];
        if (KeptElements.Contains(element) || (element == "S" && KeptStrings.Contains(PropertyOf(tag))))
            return Text.Kept;
        return element is "BA" or "SS" ? Text.FilledAsBase64 : Text.Filled;
    }

    private static string PropertyOf(string tag)
    {
        const string Name = " N=\"";
        var start = tag.IndexOf(Name, StringComparison.Ordinal);
        if (start < 0)
            return "";
        start += Name.Length;
        var end = tag.IndexOf('"', start);
        return end < 0 ? "" : tag[start..end];
    }
}
