using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Channels.Teams;

/// <summary>The few sentences of the channel itself, per language, from the YAML files beside this one.</summary>
internal sealed class ClickTexts
{
    private const string Default = "en";

    private static readonly Lazy<ClickTexts> English = new(() => Read(Default));
    private static readonly Lazy<ClickTexts> Japanese = new(() => Read("ja"));

    private readonly Dictionary<string, string> _texts;

    private ClickTexts(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>The click takes longer than the answer may.</summary>
    public string Working => _texts["click-working"];

    /// <summary>The click was delivered before, to a process that is gone.</summary>
    public string Known => _texts["click-known"];

    public string Failed => _texts["click-failed"];

    /// <summary>All keys; the languages have the same.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    public static ClickTexts In(string? language) => (language == "ja" ? Japanese : English).Value;

    private static ClickTexts Read(string language)
    {
        var name = $"MailFlowBot.Channels.Teams.strings.{language}.yaml";
        using var stream = typeof(ClickTexts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return new ClickTexts(root.Children.ToDictionary(
            pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!, StringComparer.Ordinal));
    }
}
