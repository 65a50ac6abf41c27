namespace MailFlowBot.Skills.Symptoms;

/// <summary>A term found: which one, and where in the text.</summary>
internal readonly record struct TermHit(int Term, int Start, int Length);

/// <summary>
/// Finds many terms in one pass (Aho and Corasick 1975), so that the time depends on the text's length and not on how many
/// phrases the
/// lexicon has or how often they repeat. Terms that begin or end with a letter or digit of the Latin script match whole words
/// only.
/// </summary>
internal sealed class TermSearch
{
    private readonly List<Dictionary<char, int>> _next = [[]];
    private readonly List<int> _fallback = [0];
    private readonly List<List<int>> _ending = [[]];
    private readonly IReadOnlyList<string> _terms;

    /// <param name="terms">In lower case.</param>
    public TermSearch(IReadOnlyList<string> terms)
    {
        _terms = terms;
        for (var term = 0; term < terms.Count; term++)
            Add(terms[term], term);
        Link();
    }

    /// <summary>Hits in the order in which they end; of equal ends the longest first.</summary>
    public IEnumerable<TermHit> In(string folded)
    {
        var node = 0;
        for (var at = 0; at < folded.Length; at++)
        {
            node = Step(node, folded[at]);
            foreach (var term in _ending[node])
            {
                var start = at + 1 - _terms[term].Length;
                if (IsWhole(folded, start, at))
                    yield return new TermHit(term, start, _terms[term].Length);
            }
        }
    }

    private static bool IsWhole(string text, int first, int last) =>
        !(first > 0 && IsWordUnit(text[first]) && IsWordUnit(text[first - 1]))
        && !(last + 1 < text.Length && IsWordUnit(text[last]) && IsWordUnit(text[last + 1]));

    // Latin, Cyrillic and the like; Japanese and Chinese put no blanks between words.
    private static bool IsWordUnit(char unit) => unit < '\u0530' && char.IsLetterOrDigit(unit);

    private int Step(int node, char unit)
    {
        while (true)
        {
            if (_next[node].TryGetValue(unit, out var next))
                return next;
            if (node == 0)
                return 0;
            node = _fallback[node];
        }
    }

    private void Add(string term, int index)
    {
        if (term.Length == 0)
            throw new InvalidDataException("An empty term cannot be searched for.");
        var node = 0;
        foreach (var unit in term)
        {
            if (!_next[node].TryGetValue(unit, out var next))
            {
                next = _next.Count;
                _next.Add([]);
                _fallback.Add(0);
                _ending.Add([]);
                _next[node].Add(unit, next);
            }

            node = next;
        }

        _ending[node].Add(index);
    }

    private void Link()
    {
        var queue = new Queue<int>(_next[0].Values);
        while (queue.TryDequeue(out var node))
        {
            foreach (var (unit, child) in _next[node])
            {
                _fallback[child] = Step(_fallback[node], unit);
                _ending[child].AddRange(_ending[_fallback[child]]);
                queue.Enqueue(child);
            }
        }
    }
}
