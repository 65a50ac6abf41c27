namespace MailFlowBot.Skills.PasteBack;

/// <summary>Caps on what is understood of a pasted text. Arbitrary, well above what a person copies from a console window.</summary>
internal static class ConsoleLimits
{
    public const int Objects = 2000;
    public const int Properties = 80;
    public const int Value = 8 * 1024;

    /// <summary>Longest name of a property; a longer word before a colon is prose.</summary>
    public const int Name = 64;

    public const int Columns = 20;
}
