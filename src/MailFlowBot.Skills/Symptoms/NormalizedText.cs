using System.Globalization;
using System.Text;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// A text made comparable, with the way back: compatibility forms folded (UAX #15, NFKC), quotes and dashes made plain, the yen
/// sign read
/// as the backslash it is in Japanese paths, control and formatting characters dropped, blanks collapsed. Every position knows
/// where it
/// came from in the original.
/// </summary>
internal sealed class NormalizedText
{
    /// <summary>UTF-16 units that are read at most; arbitrary, well above any log excerpt a person pastes.</summary>
    public const int Limit = 64 * 1024;

    // A base character carries few marks in real text; more are an attack on whoever has to render or compose them.
    private const int ClusterLimit = 32;

    // U+FDFA alone becomes 18 characters; nothing that is looked for needs more than 4.
    private const int ExpansionLimit = 4;

    private const char FirstAccent = '\u00E0';
    private const char LastAccent = '\u00FF';
    private const string Plainest = "aaaaaa\u00E6ceeeeiiii\u00F0nooooo\u00F7ouuuuy\u00FEy";

    private const char FirstMark = '\u0300';

    private readonly List<int> _starts;
    private readonly List<int> _ends;

    private NormalizedText(string text, List<int> starts, List<int> ends, int originalLength)
    {
        Text = text;
        Folded = string.Create(text.Length, text, static (folded, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                folded[i] = source[i] == '\n' ? ' ' : Fold(source[i]);
        });
        _starts = starts;
        _ends = ends;
        OriginalLength = originalLength;
    }

    /// <summary>Normalised, case kept, lines kept.</summary>
    public string Text { get; }

    /// <summary>
    /// The same folded (see <see cref="Fold"/>) and with blanks for line ends, so that a wrapped phrase is still one phrase.
    /// </summary>
    public string Folded { get; }

    public int OriginalLength { get; }

    public bool Truncated => OriginalLength > Limit;

    /// <summary>
    /// Lower case, and the plain letter for an accented one of Latin-1: half of those who write Spanish or German leave them
    /// out.
    /// </summary>
    public static char Fold(char unit)
    {
        var lower = char.ToLowerInvariant(unit);
        return lower is >= FirstAccent and <= LastAccent ? Plainest[lower - FirstAccent] : lower;
    }

    public static NormalizedText Of(string original)
    {
        var read = Cut(original);
        var text = new StringBuilder(read.Length);
        var starts = new List<int>(read.Length);
        var ends = new List<int>(read.Length);
        for (var at = 0; at < read.Length;)
        {
            // Nearly all of a log is this case: one plain character and nothing that could join it.
            if (read[at] < '\u0080' && (at + 1 == read.Length || read[at + 1] < FirstMark))
            {
                Append(read[at], at, at + 1);
                at++;
                continue;
            }

            // The acute accent that some keyboards give for an apostrophe would fold to a blank and a mark.
            if (read[at] == '\u00B4')
            {
                Append('\'', at, at + 1);
                at++;
                continue;
            }

            var length = ClusterLength(read, at);
            if (length == 1 && IsStable(read[at]))
            {
                Append(read[at], at, at + 1);
                at++;
                continue;
            }

            foreach (var unit in Normalize(read, at, length))
                Append(unit, at, at + length);
            at += length;
        }

        return new NormalizedText(text.ToString(), starts, ends, original.Length);

        void Append(char unit, int start, int end)
        {
            if (Plain(unit) is not { } plain)
                return;

            // Of any run of blanks and line ends one is left, a line end where there was one.
            if (plain is ' ' or '\n' && text.Length > 0 && text[^1] is ' ' or '\n')
            {
                if (plain == '\n')
                    text[^1] = plain;
                ends[^1] = end;
                return;
            }

            text.Append(plain);
            starts.Add(start);
            ends.Add(end);
        }
    }

    /// <summary>The signal for a span of <see cref="Text"/>, in offsets of the original.</summary>
    public Signal Signal(string kind, string value, int start, int length) =>
        new(kind, value, _starts[start], _ends[start + length - 1] - _starts[start]);

    private static string Cut(string original)
    {
        if (original.Length <= Limit)
            return original;
        return char.IsHighSurrogate(original[Limit - 1]) ? original[..(Limit - 1)] : original[..Limit];
    }

    private static int ClusterLength(string text, int at)
    {
        var length = char.IsSurrogatePair(text, at) ? 2 : 1;
        while (at + length < text.Length && length < ClusterLimit && Continues(text[at + length]))
            length++;
        return length;
    }

    // Half-width voiced sound marks are no combining characters, yet compose with the half-width kana before them.
    private static bool Continues(char unit) => unit >= FirstMark
        && (unit is '\uFF9E' or '\uFF9F'
            || CharUnicodeInfo.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // Ideographs and kana that NFKC leaves as they are; asking for each of them would cost a string.
    private static bool IsStable(char unit) =>
        unit is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or '\u30FC';

    private static string Normalize(string text, int at, int length)
    {
        for (var i = at; i < at + length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= at + length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return "\uFFFD";
            i++;
        }

        var normalized = text.Substring(at, length).Normalize(NormalizationForm.FormKC);
        return normalized.Length > length * ExpansionLimit ? "\uFFFD" : normalized;
    }

    private static char? Plain(char unit) => unit switch
    {
        '\n' or '\r' or '\u2028' or '\u2029' => '\n',
        ' ' or '\t' or '\u00A0' or '\u3000' => ' ',
        < ' ' => null,
        < '\u0080' => unit,
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\uFE63' => '-',
        '\u00A5' or '\u20A9' => '\\',
        _ => CharUnicodeInfo.GetUnicodeCategory(unit) is UnicodeCategory.Control or UnicodeCategory.Format ? null : unit,
    };
}
