namespace MailFlowBot.Conversing;

/// <summary>Which of the words that exist a mistyped one may mean.</summary>
internal static class NearMiss
{
    /// <summary>The nearest within two edits; null when there is none, or the word is too short to guess at.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length < 3)
            return null;
        var folded = word.ToLowerInvariant();
        return known.Where(candidate => candidate.Length > 3)
            .Select(candidate => (Candidate: candidate, Edits: Distance(folded, candidate)))
            .Where(pair => pair.Edits is 1 or 2)
            .OrderBy(pair => pair.Edits)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>Edit distance, with a neighbouring swap as one edit; both words are short.</summary>
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2)
            return int.MaxValue;
        var table = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
            table[row, 0] = row;
        for (var column = 0; column <= other.Length; column++)
            table[0, column] = column;
        for (var row = 1; row <= one.Length; row++)
        {
            for (var column = 1; column <= other.Length; column++)
            {
                var cost = one[row - 1] == other[column - 1] ? 0 : 1;
                table[row, column] = Math.Min(Math.Min(table[row - 1, column], table[row, column - 1]) + 1, table[row - 1, column - 1] + cost);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    table[row, column] = Math.Min(table[row, column], table[row - 2, column - 2] + 1);
            }
        }

        return table[one.Length, other.Length];
    }
}
