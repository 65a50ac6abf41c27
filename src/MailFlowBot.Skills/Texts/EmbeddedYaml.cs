using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.Texts;

/// <summary>
/// The YAML files that travel inside this assembly. They are ours, so a fault in one is a broken build, not bad input.
/// </summary>
internal static class EmbeddedYaml
{
    private static readonly Assembly Own = typeof(EmbeddedYaml).Assembly;

    /// <summary>Names such as <c>HubTransportInactive/article.en.yaml</c>, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Own.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <exception cref="InvalidDataException">There is no such file, or its root is no mapping.</exception>
    public static YamlMappingNode Mapping(string name)
    {
        using var stream = Own.GetManifestResourceStream(name)
            ?? Own.GetManifestResourceStream(name.Replace('/', '\\'))
            ?? throw new InvalidDataException($"{name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode mapping
            ? mapping
            : throw new InvalidDataException($"{name}: one mapping is expected.");
    }

    /// <summary>The scalar text of a node; empty for anything else.</summary>
    public static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";
}
