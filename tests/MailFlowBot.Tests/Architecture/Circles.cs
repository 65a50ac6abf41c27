namespace MailFlowBot.Tests.Architecture;

/// <summary>Finds groups of nodes that reach each other.</summary>
internal static class Circles
{
    /// <returns>The members of each circle, in order, joined by commas.</returns>
    public static IReadOnlyList<string> In(IReadOnlyDictionary<string, IReadOnlyList<string>> graph)
    {
        var reached = graph.Keys.ToDictionary(node => node, node => Reached(node, graph));
        return
        [
            .. graph.Keys.Where(node => reached[node].Contains(node))
                .Select(node => string.Join(", ", reached[node].Where(other => reached[other].Contains(node)).Order(StringComparer.Ordinal)))
                .Distinct(),
        ];
    }

    private static HashSet<string> Reached(string start, IReadOnlyDictionary<string, IReadOnlyList<string>> graph)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(graph[start]);
        while (open.TryPop(out var node))
        {
            if (reached.Add(node))
            {
                foreach (var next in graph.GetValueOrDefault(node) ?? [])
                    open.Push(next);
            }
        }

        return reached;
    }
}
