namespace MailFlowBot.Remote.Approvals;

/// <summary>What names of organisations, incidents, agents and conversations have in common: short, printable, never empty.</summary>
internal static class NameText
{
    // Arbitrary; conversation ids of Teams are the longest, some 150 characters.
    private const int MaxLength = 300;

    public static string Check(string? text, string what) =>
        text is { Length: > 0 and <= MaxLength } && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate)
            ? text
            : throw new FormatException($"{what} has 1 to {MaxLength} printable characters");
}
