using System.Globalization;
using System.Text;

namespace MailFlowBot.Transcripts;

/// <summary>
/// Makes characters visible that could hide or reorder what stands beside them: controls, and the marks of Unicode's bidirectional algorithm
/// (UAX #9), with which a pasted line can be made to read as another.
/// </summary>
internal static class VisibleText
{
    /// <summary>Lines without a line break among them, whatever kind the text used.</summary>
    public static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Select(line => Show(line, keepTabs: true));

    /// <summary>One line; line breaks become spaces.</summary>
    public static string OneLine(string text) => Show(text.ReplaceLineEndings(" "), keepTabs: false);

    private static string Show(string text, bool keepTabs)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '\t')
                shown.Append(keepTabs ? '\t' : ' ');
            else if (char.IsControl(c) || (char.GetUnicodeCategory(c) == UnicodeCategory.Format && c != '\u200D'))
                shown.Append(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>");
            else
                shown.Append(c);
        }

        return shown.ToString();
    }
}
