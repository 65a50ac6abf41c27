using System.Collections.Frozen;

namespace MailFlowBot.Skills.Texts;

/// <summary>
/// The sentences of readings, findings and plans in English (<c>en</c>) and Japanese (<c>ja</c>), from the
/// <c>article.LANGUAGE.yaml</c>
/// and <c>texts.LANGUAGE.yaml</c> beside the code that uses them.
/// </summary>
public static class SkillTexts
{
    /// <summary>Languages every id exists in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ja"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, Template>> ByLanguage =
        Languages.ToFrozenDictionary(language => language, Load, StringComparer.OrdinalIgnoreCase);

    internal static IReadOnlyDictionary<string, Template> Of(string language) => ByLanguage[language];

    public static bool Has(string id) => ByLanguage["en"].ContainsKey(id);

    /// <summary>
    /// The sentence. A language other than en and ja gets English. Arguments are inserted as they are: escaping is the reader's.
    /// </summary>
    /// <exception cref="KeyNotFoundException">
    /// No such id, or an argument is missing. Ids stand in this assembly's own code only, and a test formats every one of them.
    /// </exception>
    public static string Format(string language, Line line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var texts = language is not null && ByLanguage.TryGetValue(language, out var own) ? own : ByLanguage["en"];
        return texts.TryGetValue(line.Id, out var template)
            ? template.Fill(line)
            : throw new KeyNotFoundException($"There is no text '{line.Id}'.");
    }

    private static FrozenDictionary<string, Template> Load(string language) => EmbeddedYaml.Names
        .Where(name => name.EndsWith($"/article.{language}.yaml", StringComparison.Ordinal)
            || name.EndsWith($"/texts.{language}.yaml", StringComparison.Ordinal))
        .SelectMany(name => EmbeddedYaml.Mapping(name).Children)
        .ToFrozenDictionary(
            pair => EmbeddedYaml.Text(pair.Key), pair => new Template(EmbeddedYaml.Text(pair.Value)), StringComparer.Ordinal);
}
