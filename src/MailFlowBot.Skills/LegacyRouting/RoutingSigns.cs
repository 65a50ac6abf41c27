using MailFlowBot.Skills.PasteBack;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>What a report can show; named as in <c>signs.yaml</c>, without the hyphens.</summary>
internal enum RoutingSign
{
    NoRoute,
    UnreachableOn2003,
    RoutingGroupConnector,
    MapiDelivery,
    StoreLogonFailure,
    NoMailboxDatabase,
    MailSubmission1009,
    RpcUnreachable,
    AuthenticationRejected,
    RemovedServer,
    DatabaseDismounted,
    TransportStopped,
}

/// <summary>Finds the signs in a reading.</summary>
internal static class RoutingSigns
{
    private static readonly IReadOnlyList<Known> All = [.. EmbeddedYaml.Mapping("LegacyRouting/signs.yaml").Children.Select(Known.Of)];

    public static IReadOnlySet<RoutingSign> In(SymptomReading reading)
    {
        var text = ConsoleText.Plain(reading.Text).ToLowerInvariant();
        return All.Where(known => known.IsIn(reading, text)).Select(known => known.Sign).ToHashSet();
    }

    private sealed record Known(RoutingSign Sign, IReadOnlyList<(string Kind, string Value)> Signals, IReadOnlyList<string[]> Texts)
    {
        public static Known Of(KeyValuePair<YamlNode, YamlNode> pair) => new(
            Enum.Parse<RoutingSign>(EmbeddedYaml.Text(pair.Key).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            [.. Scalars(pair.Value, "signals").Select(signal => signal.Split(':', 2)).Select(parts => (parts[0], parts[1]))],
            [.. Scalars(pair.Value, "text").Select(text => text.Split(" + "))]);

        public bool IsIn(SymptomReading reading, string text) =>
            Signals.Any(signal => reading.HasSignal(signal.Kind, signal.Value))
            || Texts.Any(parts => parts.All(part => text.Contains(part, StringComparison.Ordinal)));

        private static IEnumerable<string> Scalars(YamlNode node, string key) =>
            ((YamlSequenceNode)((YamlMappingNode)node)[key]).Select(EmbeddedYaml.Text);
    }
}
