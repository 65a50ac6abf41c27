using MailFlowBot.Skills.Texts;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>A right by the name the article prints, with the names under which shells print it.</summary>
internal sealed record StoreRight(string Name, IReadOnlySet<string> Spellings)
{
    public bool Is(string printed) => Spellings.Contains(StoreRights.Fold(printed));
}

/// <summary>The two lists of rights of the article, from <c>rights.yaml</c>.</summary>
internal static class StoreRights
{
    private const string Prefix = "msexch";

    /// <summary>Eleven, on the 2003 or 2000 server and on each of its stores (Procedure 1, step 4).</summary>
    public static IReadOnlyList<StoreRight> OnStores { get; } = Load("store-object");

    /// <summary>Four, on the Exchange server object (Procedure 3, step 7).</summary>
    public static IReadOnlyList<StoreRight> OnServers { get; } = Load("server-object");

    /// <summary>Without case, blanks, hyphens and the prefix of extended rights.</summary>
    public static string Fold(string printed)
    {
        var folded = string.Concat(printed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return folded.StartsWith(Prefix, StringComparison.Ordinal) ? folded[Prefix.Length..] : folded;
    }

    private static List<StoreRight> Load(string list) =>
    [
        .. ((YamlMappingNode)EmbeddedYaml.Mapping("LegacyRouting/rights.yaml")[list]).Children.Select(pair => new StoreRight(
            EmbeddedYaml.Text(pair.Key),
            ((YamlSequenceNode)pair.Value).Select(EmbeddedYaml.Text).Append(EmbeddedYaml.Text(pair.Key)).Select(Fold).ToHashSet())),
    ];
}
