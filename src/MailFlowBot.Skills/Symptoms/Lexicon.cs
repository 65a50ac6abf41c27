using MailFlowBot.Skills.Texts;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Phrases per signal, from <c>lexicon.LANGUAGE.yaml</c>: a phrase in one piece, or words joined by <c> + </c> that stand near
/// each other
/// in any order, each with alternatives joined by <c>|</c>.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Characters that words of one phrase may be apart, from the start of the first to the end of the last.</summary>
    private const int Near = 90;

    private readonly List<Phrase> _phrases = [];
    private readonly List<List<(int Phrase, int Part)>> _uses = [];
    private readonly TermSearch _search;

    private Lexicon(IEnumerable<YamlMappingNode> files)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (signal, phrases) in files.SelectMany(file => file.Children))
        {
            foreach (var phrase in (phrases as YamlSequenceNode)?.Children ?? [])
                AddPhrase(EmbeddedYaml.Text(signal), EmbeddedYaml.Text(phrase), terms);
        }

        _search = new TermSearch([.. terms.OrderBy(term => term.Value).Select(term => term.Key)]);
    }

    public static Lexicon Embedded { get; } = new(EmbeddedYaml.Names
        .Where(name => name.StartsWith("Symptoms/lexicon.", StringComparison.Ordinal))
        .Select(EmbeddedYaml.Mapping));

    /// <summary>The names of all signals that phrases stand for.</summary>
    public IEnumerable<string> Signals => _phrases.Select(phrase => phrase.Signal).Distinct();

    public void Read(NormalizedText text, SignalList signals)
    {
        var last = new TermHit?[_phrases.Count][];
        foreach (var hit in _search.In(text.Folded))
        {
            foreach (var (phrase, part) in _uses[hit.Term])
            {
                var parts = last[phrase] ??= new TermHit?[_phrases[phrase].Parts];
                parts[part] = hit;
                Complete(_phrases[phrase], parts, signals);
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
            signals.Add("phrase", phrase.Signal, start, end - start);
    }

    private void AddPhrase(string signal, string source, Dictionary<string, int> terms)
    {
        var parts = source.Split(" + ", StringSplitOptions.TrimEntries);
        for (var part = 0; part < parts.Length; part++)
        {
            foreach (var word in parts[part].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!terms.TryGetValue(word, out var term))
                {
                    term = terms.Count;
                    terms.Add(word, term);
                    _uses.Add([]);
                }

                _uses[term].Add((_phrases.Count, part));
            }
        }

        _phrases.Add(new Phrase(signal, parts.Length));
    }

    private readonly record struct Phrase(string Signal, int Parts);
}
