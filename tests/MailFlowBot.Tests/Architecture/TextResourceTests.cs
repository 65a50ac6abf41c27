using System.Reflection;
using System.Text.RegularExpressions;
using MailFlowBot.Skills;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Tests.Architecture;

/// <summary>Sentences are data, and both languages have the same ones with the same places to fill in.</summary>
public sealed partial class TextResourceTests
{
    private static readonly Assembly[] Assemblies = [typeof(Bot).Assembly, typeof(Skillbook).Assembly];

    /// <summary>Phrases that are searched for and never said: what people write in one language has no counterpart in the other.</summary>
    private const string Lexicon = "lexicon";

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var (assembly, name) in Texts("en"))
                pairs.Add(assembly.GetName().Name!, name);
            return pairs;
        }
    }

    [Fact]
    public void Every_text_comes_in_both_languages() =>
        Assert.Equal(Texts("en").Select(text => text.Name), Texts("ja").Select(text => text.Name.Replace(".ja.", ".en.", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_languages_have_the_same_keys_and_places(string assembly, string name)
    {
        var english = Sentences(assembly, name);
        var japanese = Sentences(assembly, name.Replace(".en.", ".ja.", StringComparison.Ordinal));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, sentence => Assert.Equal(Places(sentence.Value), Places(japanese[sentence.Key])));
    }

    private static IEnumerable<(Assembly Assembly, string Name)> Texts(string language) => Assemblies.SelectMany(assembly => assembly
        .GetManifestResourceNames()
        .Where(name => name.EndsWith($".{language}.yaml", StringComparison.Ordinal) && !name.Contains(Lexicon, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (assembly, name)));

    private static Dictionary<string, string> Sentences(string assembly, string name)
    {
        using var reader = new StreamReader(Assemblies.Single(known => known.GetName().Name == assembly).GetManifestResourceStream(name)!);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children
            .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);
    }

    private static IEnumerable<string> Places(string sentence) =>
        Place().Matches(sentence).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
