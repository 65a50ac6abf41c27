using System.Buffers;

namespace MailFlowBot.Incidents;

/// <summary>The text as the rules of <see cref="Redaction"/> read it.</summary>
internal static class RedactionText
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>Full-width forms, typographic quotes, dashes and spaces as ASCII, character by character, so that offsets stay.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, original) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(original[i]);
    });

    /// <summary>Offset of the end of the line that <paramref name="at"/> is in, or of <paramref name="most"/> characters of it.</summary>
    public static int LineEnd(string text, int at, int most = int.MaxValue)
    {
        var reach = Math.Min(most, text.Length - at);
        var length = text.AsSpan(at, reach).IndexOfAny(LineEnds);
        return at + (length < 0 ? reach : length);
    }

    /// <summary>Offset behind the line break at <paramref name="lineEnd"/>.</summary>
    public static int NextLine(string text, int lineEnd) =>
        lineEnd + 1 < text.Length && text[lineEnd] == '\r' && text[lineEnd + 1] == '\n' ? lineEnd + 2 : Math.Min(lineEnd + 1, text.Length);

    /// <summary>True when only quote marks, bullets and spaces stand between the start of the line and <paramref name="at"/>.</summary>
    public static bool BeginsLine(string text, int at)
    {
        // Bounded, so that a line of a million '>' is not walked once for each of its words.
        for (var steps = 0; at > 0 && steps < 32; steps++, at--)
        {
            if (text[at - 1] is '\n' or '\r')
                return true;
            if (text[at - 1] is not (' ' or '\t' or '>' or '|' or '*' or '-' or '"'))
                return false;
        }

        return at == 0;
    }

    public static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static char Fold(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' => ' ',
        '\u201C' or '\u201D' or '\u201E' => '"',
        '\u2018' or '\u2019' => '\'',
        >= '\u2010' and <= '\u2015' or '\u2212' => '-',
        _ => c,
    };
}
