namespace MailFlowBot.Skills.Symptoms;

/// <summary>A term found: which one, and where in the text.</summary>
internal readonly record struct TermHit(int Term, int Start, int Length);

/// <summary>
/// Finds many terms in one pass (Aho and Corasick 1975), so that the time depends on the text's length and not on how many
/// phrases the
/// lexicon has or how often they repeat. Terms that begin or end with a letter or digit of an alphabet match whole words only; a
/// <c>*</c> at an end leaves that end open.
/// </summary>
internal sealed class TermSearch
{
    private readonly List<Dictionary<char, int>> _next = [[]];
    private readonly List<int> _fallback = [0];
    private readonly List<int[]> _ending = [[]];
    private readonly Term[] _terms;
    private readonly int[] _root = new int[128];
    private readonly bool _linked;

    /// <param name="terms">In lower case.</param>
    public TermSearch(IReadOnlyList<string> terms)
    {
        _terms = [.. terms.Select(Parsed)];
        for (var term = 0; term < _terms.Length; term++)
            Add(term);
        Link();
        for (var unit = 0; unit < _root.Length; unit++)
            _root[unit] = _next[0].GetValueOrDefault((char)unit);
        _linked = true;
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
                var (text, openStart, openEnd) = _terms[term];
                var start = at + 1 - text.Length;
                if ((openStart || BeginsWord(folded, start)) && (openEnd || EndsWord(folded, at)))
                    yield return new TermHit(term, start, text.Length);
            }
        }
    }

    private static bool BeginsWord(string text, int first) => !(first > 0 && IsWordUnit(text[first]) && IsWordUnit(text[first - 1]));

    private static bool EndsWord(string text, int last) => !(last + 1 < text.Length && IsWordUnit(text[last]) && IsWordUnit(text[last + 1]));

    // Latin, Cyrillic and the like; Japanese and Chinese put no blanks between words.
    private static bool IsWordUnit(char unit) => unit < '\u0530' && char.IsLetterOrDigit(unit);

    private static Term Parsed(string source)
    {
        var text = source.Trim('*');
        return text.Length > 0
            ? new Term(text, source[0] == '*', source[^1] == '*')
            : throw new InvalidDataException("An empty term cannot be searched for.");
    }

    private int Step(int node, char unit)
    {
        while (true)
        {
            // Most characters of a text begin no term at all.
            if (node == 0 && _linked && unit < _root.Length)
                return _root[unit];
            if (_next[node].TryGetValue(unit, out var next))
                return next;
            if (node == 0)
                return 0;
            node = _fallback[node];
        }
    }

    private void Add(int index)
    {
        var node = 0;
        foreach (var unit in _terms[index].Text)
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

        _ending[node] = [.. _ending[node], index];
    }

    private void Link()
    {
        var queue = new Queue<int>(_next[0].Values);
        while (queue.TryDequeue(out var node))
        {
            foreach (var (unit, child) in _next[node])
            {
                _fallback[child] = Step(_fallback[node], unit);
                _ending[child] = [.. _ending[child], .. _ending[_fallback[child]]];
                queue.Enqueue(child);
            }
        }
    }

    private readonly record struct Term(string Text, bool OpenStart, bool OpenEnd);
}
