using System.Buffers;
using System.Text;

namespace MailFlowBot.Transcripts;

/// <summary>
/// Text inside Markdown (CommonMark 0.31 and GitHub's extensions) that stays text: no markup, link or image comes out of it.
/// </summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]<>&~|$^#");

    /// <summary>GitHub makes links of bare addresses after escapes were resolved: only a code span stops it.</summary>
    private static readonly SearchValues<string> Literal =
        SearchValues.Create(["@", "://", "www.", "==", "++"], StringComparison.OrdinalIgnoreCase);

    /// <summary>One line of running text.</summary>
    public static string Inline(string text)
    {
        var line = VisibleText.OneLine(text);
        var written = new StringBuilder(line.Length + 16);
        foreach (var word in line.Split(' '))
        {
            if (written.Length > 0)
                written.Append(' ');
            if (word.AsSpan().ContainsAny(Literal))
                AppendCode(written, word);
            else
                AppendEscaped(written, word);
        }

        return written.ToString();
    }

    /// <summary>
    /// Verbatim lines, as an indented code block (CommonMark 4.4), in which nothing is markup and out of which no line can break.
    /// </summary>
    public static IEnumerable<string> Block(string text) => VisibleText.Lines(text).Select(line => $"    {line}".TrimEnd());

    private static void AppendEscaped(StringBuilder written, string word)
    {
        // At the start of a line "-", "+", "=" and "1." would begin a list or a heading.
        var marker = written.Length > 0 ? -1 : word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        for (var i = 0; i < word.Length; i++)
        {
            // Some renderers read {…} as attributes before they resolve escapes, but none does so behind a character reference.
            if (word[i] is '{' or '}')
            {
                written.Append(word[i] == '{' ? "&#123;" : "&#125;");
                continue;
            }

            if (Special.Contains(word[i]) || (i == marker && word[i] is '-' or '+' or '=' or '.' or ')'))
                written.Append('\\');
            written.Append(word[i]);
        }
    }

    private static void AppendCode(StringBuilder written, string word)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in word)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        var pad = word.StartsWith('`') || word.EndsWith('`') ? " " : "";
        written.Append(fence).Append(pad).Append(word).Append(pad).Append(fence);
    }
}
