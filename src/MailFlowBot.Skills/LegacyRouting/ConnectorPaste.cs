using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>Which directions the routing group connectors between 2007 and the older routing groups cover.</summary>
internal enum ConnectorDirections { None, FromExchange2007Only, ToExchange2007Only, Both }

/// <summary>Pasted output of Get-RoutingGroupConnector.</summary>
internal static class ConnectorPaste
{
    private const string Command = "Get-RoutingGroupConnector";

    // Exchange 2007 and 2010 setup puts all its servers into a routing group of this fixed name.
    private const string RoutingGroupOf2007 = "DWBGZMFD01QNBJR";

    /// <returns>Null when the text holds no such output, or one in which the group of 2007 was cut off.</returns>
    public static ConnectorDirections? Of(string text, IReadOnlyList<ConsoleObject> objects)
    {
        var connectors = objects.Where(candidate => candidate.Has("SourceRoutingGroup") && candidate.Has("TargetRoutingGroup"))
            .GroupBy(connector => connector.Paste).MaxBy(paste => paste.Key)?.ToList();
        if (connectors is null)
            return ConsoleText.Ran(text, Command) ? ConnectorDirections.None : null;
        if (connectors.Any(connector => IsCut(connector["SourceRoutingGroup"]!) || IsCut(connector["TargetRoutingGroup"]!)))
            return null;
        var from = connectors.Any(connector => Is2007(connector["SourceRoutingGroup"]!) && !Is2007(connector["TargetRoutingGroup"]!));
        var to = connectors.Any(connector => Is2007(connector["TargetRoutingGroup"]!) && !Is2007(connector["SourceRoutingGroup"]!));
        return (from, to) switch
        {
            (true, true) => ConnectorDirections.Both,
            (true, false) => ConnectorDirections.FromExchange2007Only,
            (false, true) => ConnectorDirections.ToExchange2007Only,
            _ => ConnectorDirections.None,
        };
    }

    private static bool Is2007(string group) => group.Contains(RoutingGroupOf2007, StringComparison.OrdinalIgnoreCase);

    private static bool IsCut(string group) => !Is2007(group) && group.TrimEnd().EndsWith("...", StringComparison.Ordinal);
}
