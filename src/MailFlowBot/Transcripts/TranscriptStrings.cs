using System.Collections.Frozen;
using System.Text;
using YamlDotNet.Serialization;

namespace MailFlowBot.Transcripts;

/// <summary>The sentences of transcripts and of their verbs, from <c>strings.LANGUAGE.yaml</c>.</summary>
internal sealed class TranscriptStrings
{
    private static readonly Lazy<FrozenDictionary<string, TranscriptStrings>> Loaded = new(() =>
        Languages!.ToFrozenDictionary(language => language, language => new TranscriptStrings(language, Load(language))));

    private readonly FrozenDictionary<string, string> _templates;

    private TranscriptStrings(string language, FrozenDictionary<string, string> templates)
    {
        Language = language;
        _templates = templates;
    }

    public static IReadOnlyList<string> Languages { get; } = ["en", "ja"];

    public string Language { get; }

    public IReadOnlyDictionary<string, string> Templates => _templates;

    /// <summary>English for every language that is not here.</summary>
    public static TranscriptStrings Of(string? language) =>
        language is not null && Loaded.Value.TryGetValue(language, out var own) ? own : Loaded.Value["en"];

    /// <summary>The sentence of a key. Arguments are put in as they are; whoever renders the sentence escapes all of it.</summary>
    /// <exception cref="KeyNotFoundException">A fault of this assembly: a test asks for every key.</exception>
    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> arguments) => Fill(_templates[key], arguments);

    /// <summary>A word of an event, such as <c>no-effect</c>, in this language; words that are not known stay as they are.</summary>
    public string Word(string word) => _templates.GetValueOrDefault("word." + word, word);

    // In one pass, so that an argument that looks like a place stays what it is.
    private static string Fill(string template, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var filled = new StringBuilder(template.Length);
        var at = 0;
        while (template.IndexOf('{', at) is var open and >= 0)
        {
            var close = template.IndexOf('}', open);
            filled.Append(template, at, open - at);
            filled.Append(Find(template.AsSpan(open + 1, close - open - 1), arguments));
            at = close + 1;
        }

        return filled.Append(template, at, template.Length - at).ToString();
    }

    private static string Find(ReadOnlySpan<char> name, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        foreach (var (candidate, value) in arguments)
        {
            if (name.SequenceEqual(candidate))
                return value;
        }

        throw new KeyNotFoundException($"The argument '{name}' was not given.");
    }

    private static FrozenDictionary<string, string> Load(string language)
    {
        var name = $"MailFlowBot.Transcripts.strings.{language}.yaml";
        using var stream = typeof(TranscriptStrings).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"{name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(reader).ToFrozenDictionary(StringComparer.Ordinal);
    }
}
