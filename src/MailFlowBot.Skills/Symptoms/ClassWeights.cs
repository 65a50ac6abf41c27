using System.Globalization;
using MailFlowBot.Skills.Texts;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>What each signal says for and against each class, from <c>weights.yaml</c>.</summary>
internal sealed class ClassWeights
{
    private readonly IReadOnlyList<ClassWeight> _classes;

    private ClassWeights(YamlMappingNode file)
    {
        var thresholds = (YamlMappingNode)file["thresholds"];
        Decide = Number(thresholds["decide"]);
        Lead = Number(thresholds["lead"]);
        Mention = Number(thresholds["mention"]);
        _classes = [.. ((YamlMappingNode)file["classes"]).Children
            .Select(pair => new ClassWeight(EmbeddedYaml.Text(pair.Key), (YamlMappingNode)pair.Value))];
    }

    public static ClassWeights Embedded { get; } = new(EmbeddedYaml.Mapping("Symptoms/weights.yaml"));

    /// <summary>Score from which a class may be named.</summary>
    public double Decide { get; }

    /// <summary>Distance to the next class that naming one takes.</summary>
    public double Lead { get; }

    /// <summary>Score from which a class is a candidate.</summary>
    public double Mention { get; }

    /// <summary>All classes that are described, with the signals they know as <c>kind:value</c>.</summary>
    public IEnumerable<(string Class, IEnumerable<string> Signals)> Described =>
        _classes.Select(weight => (weight.Class, weight.For.Keys.Concat(weight.Against.Keys)));

    public IReadOnlyList<string> ArticlesOf(string label) => _classes.FirstOrDefault(weight => weight.Class == label)?.Articles ?? [];

    /// <summary>Candidates, best first; equal scores in the order of the file.</summary>
    public IReadOnlyList<Candidate> Rank(IReadOnlyList<Signal> signals)
    {
        var keyed = signals.Select(signal => new KeyedSignal(signal, $"{signal.Kind}:{signal.Value}", $"{signal.Kind}:*")).ToList();
        return
        [
            .. _classes.Select(weight => weight.Weigh(keyed))
                .Where(candidate => candidate.Score >= Mention)
                .OrderByDescending(candidate => candidate.Score),
        ];
    }

    private static double Number(YamlNode node) => double.Parse(EmbeddedYaml.Text(node), CultureInfo.InvariantCulture);

    private readonly record struct KeyedSignal(Signal Signal, string Exact, string Any);

    private sealed class ClassWeight(string label, YamlMappingNode node)
    {
        public string Class { get; } = label;

        public IReadOnlyDictionary<string, double> For { get; } = Weights(node, "for");

        public IReadOnlyDictionary<string, double> Against { get; } = Weights(node, "against");

        public IReadOnlyList<string> Articles { get; } = node.Children.TryGetValue("articles", out var articles)
            ? [.. ((YamlSequenceNode)articles).Select(EmbeddedYaml.Text)]
            : [];

        // Independent hints (noisy-or): each leaves a share of doubt, and a hint against takes a share of what is left.
        public Candidate Weigh(IReadOnlyList<KeyedSignal> signals)
        {
            double doubt = 1, remaining = 1;
            var because = new List<Signal>();
            foreach (var signal in signals)
            {
                if (Weight(For, signal) is { } weight)
                {
                    doubt *= 1 - weight;
                    because.Add(signal.Signal);
                }

                if (Weight(Against, signal) is { } against)
                    remaining *= 1 - against;
            }

            return new Candidate(Class, Math.Round((1 - doubt) * remaining, 3), because);
        }

        private static double? Weight(IReadOnlyDictionary<string, double> weights, KeyedSignal signal) =>
            weights.TryGetValue(signal.Exact, out var exact) ? exact
            : weights.TryGetValue(signal.Any, out var any) ? any
            : null;

        private static Dictionary<string, double> Weights(YamlMappingNode node, string key) =>
            node.Children.TryGetValue(key, out var weights)
                ? ((YamlMappingNode)weights).Children.ToDictionary(pair => EmbeddedYaml.Text(pair.Key), pair => Number(pair.Value))
                : [];
    }
}
