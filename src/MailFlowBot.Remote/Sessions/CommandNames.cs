using System.IO.Enumeration;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>Finds commands by name or by PowerShell's wildcards <c>*</c> and <c>?</c>, without regard to case.</summary>
internal static class CommandNames
{
    /// <summary>All when there are no patterns.</summary>
    public static IReadOnlyList<CommandMetadata> Matching(IReadOnlyList<CommandMetadata> commands, IReadOnlyList<string> patterns) =>
        patterns.Count == 0
            ? commands
            : [.. commands.Where(command => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, command.Name)))];

    public static CommandMetadata? Find(IReadOnlyList<CommandMetadata> commands, string name) =>
        commands.FirstOrDefault(command => string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase));
}
