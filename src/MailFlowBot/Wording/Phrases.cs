using System.Collections.Frozen;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Wording;

/// <summary>
/// The host's own sentences, English and Japanese, kept as data. Arguments are put in as they are: whoever shows the text escapes it for
/// the place where it appears.
/// </summary>
internal static partial class Phrases
{
    private static readonly FrozenDictionary<string, Lazy<FrozenDictionary<string, string>>> Languages =
        new[] { "en", "ja" }.ToFrozenDictionary(language => language, language => new Lazy<FrozenDictionary<string, string>>(() => Load(language)));

    /// <summary>All ids of a language, for the test that both say the same things.</summary>
    public static IReadOnlyCollection<string> Ids(string language) => Languages[language].Value.Keys;

    /// <summary>The raw pattern with its <c>{name}</c> places.</summary>
    public static string Pattern(string language, string id) => Languages[Known(language)].Value[id];

    public static bool Has(string id) => Languages["en"].Value.ContainsKey(id);

    /// <exception cref="KeyNotFoundException">No such sentence: a fault of the program, found by a test over all ids used.</exception>
    public static string Say(string language, string id, params (string Name, string Value)[] arguments) =>
        Say(language, id, name => arguments.FirstOrDefault(argument => argument.Name == name).Value);

    public static string Say(string language, string id, IReadOnlyDictionary<string, string> arguments) =>
        Say(language, id, arguments.GetValueOrDefault);

    private static string Say(string language, string id, Func<string, string?> argument) =>
        Place().Replace(Pattern(language, id), match => argument(match.Groups[1].Value) ?? match.Value);

    private static string Known(string language) => Languages.ContainsKey(language) ? language : "en";

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream($"phrases.{language}.yaml")
            ?? throw new InvalidOperationException($"The assembly lacks phrases.{language}.yaml.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children
            .ToFrozenDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);
    }

    [GeneratedRegex(@"\{([a-zA-Z]+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
