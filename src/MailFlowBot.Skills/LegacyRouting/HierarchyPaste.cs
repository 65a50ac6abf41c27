using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// Pasted answer of ldifde (RFC 2849) or of the shell about public folder trees (Procedure 2). A null member is not told by what was
/// pasted.
/// </summary>
/// <param name="Container">Whether a container Folder Hierarchies is there.</param>
/// <param name="OwningTree">Whether every public folder store names its tree (msExchOwningPFTree).</param>
/// <param name="TreeType">msExchPFTreeType; 1 is a MAPI tree, which it must be.</param>
internal sealed record HierarchyPaste(bool? Container, bool? OwningTree, int? TreeType)
{
    private const string ContainerName = "CN=Folder Hierarchies";
    private const string ContainerClass = "msExchPublicFolderTreeContainer";

    // The seed article prints the second, the schema has the first; the third is how the 2007 shell calls it.
    private static readonly string[] OwningTreeNames = ["msExchOwningPFTree", "msExchPFOwningPFTree", "PublicFolderHierarchy"];

    public bool IsWrong => Container == false || OwningTree == false || TreeType is not (null or 1);

    public bool IsRight => Container == true && OwningTree == true && TreeType is null or 1;

    /// <summary>Of several pastes the last that tells about a member counts for it.</summary>
    public static HierarchyPaste? Of(string text) => ConsoleText.Plain(text).Split(ConsoleText.Boundary).Select(One)
        .Aggregate((HierarchyPaste?)null, (earlier, later) => earlier is null || later is null
            ? later ?? earlier
            : new(later.Container ?? earlier.Container, later.OwningTree ?? earlier.OwningTree, later.TreeType ?? earlier.TreeType));

    private static HierarchyPaste? One(string text)
    {
        bool? container = null, owning = null;
        int? type = null;
        var asked = false;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            var colon = line.IndexOf(':');
            var name = colon > 0 ? line[..colon].Trim() : default;
            var value = colon > 0 ? line[(colon + 1)..].Trim() : default;
            // What was asked for stands in the command itself, before any answer.
            asked |= line.Contains("ldifde", StringComparison.OrdinalIgnoreCase) && line.Contains(ContainerClass, StringComparison.OrdinalIgnoreCase);
            if (name.Equals("dn", StringComparison.OrdinalIgnoreCase) && value.Contains(ContainerName, StringComparison.OrdinalIgnoreCase))
                container = true;
            else if (asked && line.Contains("no entries found", StringComparison.OrdinalIgnoreCase))
                container ??= false;
            else if (IsOwningTree(name))
                owning = (owning ?? true) && IsSet(value);
            else if (name.Equals("msExchPFTreeType", StringComparison.OrdinalIgnoreCase) && int.TryParse(value, out var number))
                type = number;
        }

        return container is null && owning is null && type is null ? null : new(container, owning, type);
    }

    private static bool IsOwningTree(ReadOnlySpan<char> name)
    {
        foreach (var known in OwningTreeNames)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsSet(ReadOnlySpan<char> value) =>
        value.Length > 0 && !value.Contains("not set", StringComparison.OrdinalIgnoreCase) && !value.Contains("設定されていません", StringComparison.Ordinal);
}
