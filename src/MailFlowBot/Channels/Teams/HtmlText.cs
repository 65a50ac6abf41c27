using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The text of a Teams message in HTML. Line ends of a multi-line paste survive only there: block tags become line ends, all other
/// markup is dropped, entities are decoded. One pass over the input, so hostile markup costs no more than honest markup.
/// </summary>
/// <param name="drop">Told a mention's text and its item number; true leaves the mention out.</param>
internal sealed class HtmlText(Func<string, int?, bool> drop)
{
    /// <summary>UTF-16 units; above the largest text that is read at all (64 KiB).</summary>
    public const int MaxLength = 128 * 1024;

    // Longer than any name; nested mentions must not make the same text be read again and again.
    private const int MaxMentionLength = 256;

    private const char NoBreakSpace = '\u00A0';
    private const string Mention = "http://schema.skype.com/Mention";

    private static readonly SearchValues<char> ZeroWidth = SearchValues.Create("\u00AD\u200B\u200C\u200D\u2060\uFEFF\r");

    private readonly StringBuilder _text = new();
    private readonly Stack<(string Tag, int Start, int? Item)> _mentions = new();
    private int _preformatted;

    public static string Read(string html, Func<string, int?, bool> drop) => new HtmlText(drop).Read(html);

    private string Read(string html)
    {
        var at = 0;
        while (at < html.Length && _text.Length < MaxLength)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
                open = html.Length;
            Text(html.AsSpan(at, open - at));
            at = open < html.Length ? Markup(html, open) : open;
        }

        return PlainLines.Tidy(_text.ToString());
    }

    /// <summary>Reads what starts with the angle bracket at <paramref name="open"/>; returns where to go on.</summary>
    private int Markup(string html, int open)
    {
        if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }

        if (HtmlTag.Read(html, open) is not { } tag)
        {
            _text.Append('<');
            return open + 1;
        }

        Apply(tag);
        if (tag is { Closing: false, Name: "script" or "style" })
        {
            var end = html.IndexOf($"</{tag.Name}", tag.End, StringComparison.OrdinalIgnoreCase);
            return end < 0 ? html.Length : end;
        }

        return tag.End;
    }

    private void Apply(HtmlTag tag)
    {
        switch (tag.Name)
        {
            case "br":
                _text.Append('\n');
                break;
            case "pre":
                _preformatted = Math.Max(0, _preformatted + (tag.Closing ? -1 : 1));
                Break();
                break;
            case "td" or "th":
                if (tag.Closing)
                    _text.Append('\t');
                break;
            case "at" or "span":
                if (tag.Closing)
                    CloseMention(tag.Name);
                else
                    OpenMention(tag);
                break;
            case "p" or "div" or "li" or "ul" or "ol" or "tr" or "table" or "blockquote" or "codeblock" or "hr" or "section" or "article"
                or "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Break();
                break;
        }
    }

    private void OpenMention(HtmlTag tag)
    {
        var mention = tag.Name == "at" || tag.Attribute("itemtype") == Mention;
        var number = tag.Attribute(tag.Name == "at" ? "id" : "itemid");
        int? item = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        // Ordinary spans are kept on the stack too, so that their end does not end a mention.
        _mentions.Push((tag.Name, mention ? _text.Length : -1, item));
    }

    private void CloseMention(string name)
    {
        if (!_mentions.TryPeek(out var mention) || mention.Tag != name)
            return;
        _mentions.Pop();
        if (mention.Start >= 0 && _text.Length - mention.Start is >= 0 and <= MaxMentionLength
            && drop(_text.ToString(mention.Start, _text.Length - mention.Start).Trim(), mention.Item))
            _text.Length = mention.Start;
    }

    private void Break()
    {
        if (_text.Length > 0 && _text[^1] != '\n')
            _text.Append('\n');
    }

    private void Text(ReadOnlySpan<char> encoded)
    {
        if (encoded.IsEmpty)
            return;
        foreach (var letter in WebUtility.HtmlDecode(encoded.ToString()))
        {
            if (ZeroWidth.Contains(letter))
                continue;
            if (letter == NoBreakSpace)
                _text.Append(' ');
            else if (_preformatted > 0 || letter is not (' ' or '\t' or '\n' or '\f'))
                _text.Append(letter);
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
                _text.Append(' ');
        }
    }
}
