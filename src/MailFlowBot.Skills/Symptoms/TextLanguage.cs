namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// The language of a text by its script; the words of Latin-script languages are told apart by a few frequent ones.
/// </summary>
internal static class TextLanguage
{
    private static readonly IReadOnlyList<(string Language, string[] Words)> Frequent =
    [
        ("de", [" der ", " die ", " das ", " und ", " nicht ", " ist ", " ein ", " dem ", " den "]),
        ("es", [" el ", " los ", " que ", " del ", " una ", " esta ", " las ", " por ", " tu "]),
        ("fr", [" le ", " les ", " des ", " une ", " est ", " dans ", " pas ", " du "]),
        ("en", [" the ", " is ", " and ", " of ", " to ", " in ", " that ", " on "]),
    ];

    public static string Of(NormalizedText text)
    {
        int kana = 0, han = 0, hangul = 0, vietnamese = 0, latin = 0;
        foreach (var unit in text.Folded)
        {
            switch (unit)
            {
                case >= 'a' and <= 'z': latin++; break;
                case >= '\u3041' and <= '\u30FF': kana++; break;
                case >= '\u4E00' and <= '\u9FFF': han++; break;
                case >= '\uAC00' and <= '\uD7A3': hangul++; break;
                case 'đ' or 'ơ' or 'ư' or (>= '\u1EA0' and <= '\u1EF9'): vietnamese++; break;
                default: break;
            }
        }

        // A log line in Latin letters is long and says little about its reader: few native letters decide.
        if (kana >= 3)
            return "ja";
        if (hangul >= 3)
            return "ko";
        if (han >= 3)
            return "zh";
        if (vietnamese * 20 > latin)
            return "vi";
        return Frequent
            .Select(language => (
                language.Language,
                Hits: language.Words.Count(word => text.Folded.Contains(word, StringComparison.Ordinal))))
            .Where(language => language.Hits >= 2)
            .OrderByDescending(language => language.Hits)
            .Select(language => language.Language)
            .FirstOrDefault() ?? "en";
    }
}
