using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailFlowBot.Remote.Clixml;

/// <summary>Puts UTF-8 pieces of CLIXML into a buffer.</summary>
internal readonly struct ClixmlOutput(IBufferWriter<byte> buffer)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(AllSpecial());

    public void Raw(ReadOnlySpan<byte> utf8) => buffer.Write(utf8);

    public void Number<T>(T value) where T : IUtf8SpanFormattable
    {
        // The longest: a decimal or a Guid.
        var target = buffer.GetSpan(64);
        if (!value.TryFormat(target, out var written, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A primitive is longer than any of its type can be.");
        buffer.Advance(written);
    }

    public void Ascii(string text) => buffer.Advance(Encoding.ASCII.GetBytes(text, buffer.GetSpan(text.Length)));

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        // In pieces of whole triples, so that a large array needs no second buffer of its size.
        const int Piece = 3 * 1024;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            var target = buffer.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(piece.Length));
            System.Buffers.Text.Base64.EncodeToUtf8(piece, target, out _, out var written);
            buffer.Advance(written);
            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>Attribute N, when there is a name.</summary>
    public void Name(string? name)
    {
        if (name is null)
            return;
        Raw(" N=\""u8);
        Escaped(name, quotes: true);
        Raw("\""u8);
    }

    /// <summary>The text of an element: escaped for CLIXML, then for XML.</summary>
    public void Text(string text) => Escaped(text, quotes: false);

    private void Escaped(ReadOnlySpan<char> text, bool quotes)
    {
        for (var at = 0; at < text.Length;)
        {
            var run = text[at..].IndexOfAny(Special);
            if (run < 0)
                run = text.Length - at;
            if (run > 0)
            {
                // Without a surrogate in it, so every piece encodes by itself.
                Encoding.UTF8.GetBytes(text.Slice(at, run), buffer);
                at += run;
                continue;
            }

            Single(text, at++, quotes);
        }
    }

    private void Single(ReadOnlySpan<char> text, int at, bool quotes)
    {
        if (EscapedText.MustEscape(text, at))
        {
            var target = buffer.GetSpan(7);
            "_x"u8.CopyTo(target);
            ((ushort)text[at]).TryFormat(target[2..], out _, "X4", CultureInfo.InvariantCulture);
            target[6] = (byte)'_';
            buffer.Advance(7);
            return;
        }

        Raw(text[at] switch
        {
            '<' => "&lt;"u8,
            '>' => "&gt;"u8,
            '&' => "&amp;"u8,
            '"' => quotes ? "&quot;"u8 : "\""u8,
            _ => "_"u8,
        });
    }

    private static string AllSpecial()
    {
        var special = new StringBuilder("_<>&\"");
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var one = (char)unit;
            if (EscapedText.MustEscape([one], 0))
                special.Append(one);
        }

        return special.ToString();
    }
}
