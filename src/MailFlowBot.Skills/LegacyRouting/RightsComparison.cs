namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>What the entries say about one right.</summary>
internal enum RightState { Allowed, AllowedByInheritance, Denied, DeniedByInheritance, NotListed, NotTold }

/// <summary>The rights of Exchange Servers on one object against a list of the article.</summary>
/// <param name="Object">Identity as printed.</param>
internal sealed record RightsComparison(string Object, IReadOnlyList<(StoreRight Right, RightState State)> Rows, bool? Inherits)
{
    public IEnumerable<StoreRight> Denied =>
        Rows.Where(row => row.State is RightState.Denied or RightState.DeniedByInheritance).Select(row => row.Right);

    public IEnumerable<StoreRight> NotListed => Rows.Where(row => row.State == RightState.NotListed).Select(row => row.Right);

    public bool AllAllowed => Rows.All(row => row.State is RightState.Allowed or RightState.AllowedByInheritance);

    /// <summary>One row a right: + allowed, +i by inheritance, - denied, -i denied by inheritance, 0 not listed, ? not told.</summary>
    public string Table => string.Join('\n', Rows.Select(row => $"{Mark(row.State)} {row.Right.Name}"));

    public static RightsComparison Of(PermissionPaste paste, IReadOnlyList<StoreRight> rights) =>
        new(paste.Object, [.. rights.Select(right => (right, State(paste, right)))], paste.InheritsAnything);

    // The order in which Windows evaluates them: what is set on the object itself before what is inherited, Deny before Allow in each.
    private static RightState State(PermissionPaste paste, StoreRight right)
    {
        var entries = paste.Entries.Where(entry => entry.Everything || entry.Rights.Any(right.Is)).ToList();
        bool Any(bool deny, bool inherited) => entries.Any(entry => entry.Deny == deny && (entry.Inherited ?? !deny) == inherited);
        return Any(deny: true, inherited: false) ? RightState.Denied
            : Any(deny: false, inherited: false) ? RightState.Allowed
            : Any(deny: true, inherited: true) ? RightState.DeniedByInheritance
            : Any(deny: false, inherited: true) ? RightState.AllowedByInheritance
            // A list that the shell cut off may have held it.
            : paste.Entries.Any(entry => entry.Rights.Any(IsCut)) ? RightState.NotTold
            : RightState.NotListed;
    }

    private static bool IsCut(string right) => right.EndsWith("...", StringComparison.Ordinal) || right.EndsWith('…');

    private static string Mark(RightState state) => state switch
    {
        RightState.Allowed => "+ ",
        RightState.AllowedByInheritance => "+i",
        RightState.Denied => "- ",
        RightState.DeniedByInheritance => "-i",
        RightState.NotListed => "0 ",
        RightState.NotTold => "? ",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a mark."),
    };
}
