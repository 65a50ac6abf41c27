namespace MailFlowBot.Remote.Psrp;

/// <summary>An argument of a command (MS-PSRP 2.2.3.13).</summary>
/// <param name="Name">Without a dash; null when positional.</param>
/// <param name="Value">Anything CLIXML can carry; null for a switch.</param>
internal sealed record PsParameter(string? Name, object? Value = null);
