using System.Globalization;
using System.Text;

namespace MailFlowBot.Cards;

/// <summary>
/// Makes any text safe to stand in a TextBlock or Fact: it shows literally, whatever it contains. Teams renders Markdown there, fetches
/// pictures, and replaces <c>{{DATE(…)}}</c>; a backslash before every ASCII punctuation mark makes all of that inert.
/// </summary>
internal static class CardText
{
    /// <summary>Longest text shown in one place, in UTF-16 units; the rest is counted.</summary>
    public const int Longest = 600;

    public static string Escape(string text)
    {
        var shown = Shorten(Clean(text), Longest);
        var escaped = new StringBuilder(shown.Length + 16);
        foreach (var character in shown)
        {
            if (char.IsAscii(character) && (char.IsPunctuation(character) || char.IsSymbol(character)))
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Without control and bidirectional formatting characters, which could make a line read as something else.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnwanted))
            return text;
        return string.Concat(text.Select(character => character is '\n' or '\t' ? ' ' : character).Where(character => !IsUnwanted(character)));
    }

    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var cut = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..cut]}…(+{text.Length - cut})");
    }

    private static bool IsUnwanted(char character) =>
        char.IsControl(character)
        || character is '\u061C' or '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069');
}
