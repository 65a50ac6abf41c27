using MailFlowBot.Skills.Texts;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Names and phrases. Names per signal kind and value are in <c>names.yaml</c>. Phrases are in <c>lexicon.*.yaml</c>: a phrase in
/// one piece,
/// or words joined by <c> + </c> that stand near each other in any order, each with alternatives joined by <c>|</c>;
/// <c>@word</c> is all
/// alternatives that <c>words.yaml</c> lists for it in any language, so that a phrase need not be repeated in each.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Characters that words of one phrase may be apart, from the start of the first to the end of the last.</summary>
    private const int Near = 90;

    private readonly List<Phrase> _phrases = [];
    private readonly List<List<(int Phrase, int Part)>> _uses = [];
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _words;
    private readonly TermSearch _search;

    private Lexicon(YamlMappingNode words, YamlMappingNode names, IEnumerable<YamlMappingNode> phrases)
    {
        _words = words.Children.ToDictionary(
            pair => EmbeddedYaml.Text(pair.Key),
            pair => ((YamlMappingNode)pair.Value).Children.SelectMany(language => Alternatives(EmbeddedYaml.Text(language.Value))).ToArray());
        foreach (var (kind, values) in names)
        {
            foreach (var (value, terms) in (YamlMappingNode)values)
                AddAll(EmbeddedYaml.Text(kind), EmbeddedYaml.Text(value), terms);
        }

        foreach (var (signal, alternatives) in phrases.SelectMany(file => file.Children))
            AddAll("phrase", EmbeddedYaml.Text(signal), alternatives);
        _search = new TermSearch([.. _terms.OrderBy(term => term.Value).Select(term => term.Key)]);
    }

    public static Lexicon Embedded { get; } = new(
        EmbeddedYaml.Mapping("Symptoms/words.yaml"),
        EmbeddedYaml.Mapping("Symptoms/names.yaml"),
        EmbeddedYaml.Names.Where(name => name.StartsWith("Symptoms/lexicon.", StringComparison.Ordinal)).Select(EmbeddedYaml.Mapping));

    /// <summary>The names of all signals that phrases stand for.</summary>
    public IEnumerable<string> Signals => _phrases.Where(phrase => phrase.Kind == "phrase").Select(phrase => phrase.Value).Distinct();

    public void Read(NormalizedText text, SignalList signals)
    {
        var last = new TermHit?[_phrases.Count][];
        foreach (var hit in _search.In(text.Folded))
        {
            foreach (var (at, part) in _uses[hit.Term])
            {
                var phrase = _phrases[at];
                if (phrase.Parts == 1)
                {
                    signals.Add(phrase.Kind, phrase.Value, hit.Start, hit.Length);
                    continue;
                }

                var parts = last[at] ??= new TermHit?[phrase.Parts];
                parts[part] = hit;
                Complete(phrase, parts, signals);
            }
        }
    }

    private static void Complete(Phrase phrase, TermHit?[] parts, SignalList signals)
    {
        int start = int.MaxValue, end = 0;
        foreach (var part in parts)
        {
            if (part is not { } found)
                return;
            start = Math.Min(start, found.Start);
            end = Math.Max(end, found.Start + found.Length);
        }

        if (end - start <= Near)
            signals.Add(phrase.Kind, phrase.Value, start, end - start);
    }

    private void AddAll(string kind, string value, YamlNode sources)
    {
        foreach (var source in (sources as YamlSequenceNode)?.Children ?? [])
            Add(kind, value, EmbeddedYaml.Text(source));
    }

    private void Add(string kind, string value, string source)
    {
        var parts = source.Split(" + ", StringSplitOptions.TrimEntries);
        for (var part = 0; part < parts.Length; part++)
        {
            foreach (var word in Alternatives(parts[part]).SelectMany(Expanded).Select(Folded).Distinct())
            {
                if (!_terms.TryGetValue(word, out var term))
                {
                    term = _terms.Count;
                    _terms.Add(word, term);
                    _uses.Add([]);
                }

                _uses[term].Add((_phrases.Count, part));
            }
        }

        _phrases.Add(new Phrase(kind, value, parts.Length));
    }

    private IEnumerable<string> Expanded(string word) => word[0] != '@' ? [word]
        : _words.TryGetValue(word[1..], out var alternatives) ? alternatives.SelectMany(Expanded)
        : throw new InvalidDataException($"words.yaml has no {word}.");

    private static string Folded(string word) => string.Concat(word.Select(NormalizedText.Fold));

    private static string[] Alternatives(string source) =>
        source.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private readonly record struct Phrase(string Kind, string Value, int Parts);
}
