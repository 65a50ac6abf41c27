using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>One access control entry of the group Exchange Servers, as Get-ADPermission prints it.</summary>
/// <param name="Inherited">Null where the output does not tell.</param>
/// <param name="Everything">The entry covers every right: full control, or extended rights without naming one.</param>
internal sealed record PermissionEntry(bool Deny, bool? Inherited, bool Everything, IReadOnlyList<string> Rights);

/// <summary>Pasted output of Get-ADPermission about one object.</summary>
/// <param name="Object">Identity as printed, such as <c>OLD03\First Storage Group\Mailbox Store (OLD03)</c>.</param>
/// <param name="Entries">Those of Exchange Servers; entries of others only tell about inheritance.</param>
/// <param name="InheritsAnything">Whether any entry, whosever, is inherited; null when not told for all.</param>
internal sealed record PermissionPaste(string Object, IReadOnlyList<PermissionEntry> Entries, bool? InheritsAnything)
{
    // The summary of the article once says "Exchange 2000 Servers"; its steps, and the product, say Exchange Servers.
    private const string Group = "Exchange Servers";

    // One object has a few dozen entries; a server with many stores a few hundred.
    private const int MostObjects = 50;

    public static IReadOnlyList<PermissionPaste> Of(IReadOnlyList<ConsoleObject> objects) =>
    [
        .. objects.Where(IsEntry).GroupBy(entry => entry["Identity"]!, StringComparer.OrdinalIgnoreCase).Take(MostObjects)
            .Select(entries => (entries.Key, Newest: entries.GroupBy(entry => entry.Paste).MaxBy(paste => paste.Key)!.ToList()))
            .Select(entries => new PermissionPaste(entries.Key, [.. entries.Newest.Where(IsOfGroup).Select(Entry)], Inheritance([.. entries.Newest.Select(Inherited)])))
            .Where(paste => paste.Entries.Count > 0),
    ];

    private static bool IsEntry(ConsoleObject candidate) =>
        candidate["Identity"] is { Length: > 0 } && candidate.Has("User") && candidate.Flag("Deny") is not null
        && (candidate.Has("ExtendedRights") || candidate.Has("AccessRights") || candidate.Has("Rights"));

    private static bool IsOfGroup(ConsoleObject entry)
    {
        var user = entry["User"]!.Trim();
        return user[(user.LastIndexOf('\\') + 1)..].Equals(Group, StringComparison.OrdinalIgnoreCase);
    }

    private static PermissionEntry Entry(ConsoleObject entry)
    {
        string[] rights = [.. entry.Members("ExtendedRights"), .. entry.Members("AccessRights"), .. entry.Members("Rights")];
        var named = rights.Where(right => !right.Equals("ExtendedRight", StringComparison.OrdinalIgnoreCase)).ToList();
        var everything = rights.Any(right => StoreRights.Fold(right) is "genericall" or "fullcontrol") || (named.Count == 0 && rights.Length > 0);
        return new PermissionEntry(entry.Flag("Deny") == true, Inherited(entry), everything, named);
    }

    private static bool? Inherited(ConsoleObject entry) => entry.Flag("IsInherited") ?? entry.Flag("Inherited");

    private static bool? Inheritance(IReadOnlyList<bool?> entries) =>
        entries.Contains(true) ? true : entries.All(inherited => inherited == false) ? false : null;
}
