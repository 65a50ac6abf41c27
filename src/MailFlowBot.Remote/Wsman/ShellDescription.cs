namespace MailFlowBot.Remote.Wsman;

/// <summary>What the server says about a shell; its creator uses these values from then on.</summary>
/// <param name="ResourceUri">The shell's resource, e.g. <c>.../powershell/Microsoft.Exchange</c>.</param>
/// <param name="Name">As the creator chose it.</param>
/// <param name="Owner">The account that opened it, in the server's spelling.</param>
/// <param name="State"><c>Connected</c> or <c>Disconnected</c>; only Get and Enumerate tell.</param>
/// <param name="ClientIp">Where the holder's requests come from.</param>
/// <param name="RunTime">How long it has been there.</param>
/// <param name="Inactivity">How long nothing was asked of it.</param>
internal sealed record ShellDescription(
    ShellId Id,
    string? ResourceUri,
    string? Name = null,
    string? Owner = null,
    TimeSpan? IdleTimeOut = null,
    TimeSpan? MaxIdleTimeOut = null,
    string? State = null,
    string? ClientIp = null,
    TimeSpan? RunTime = null,
    TimeSpan? Inactivity = null)
{
    public const string Connected = "Connected";
    public const string Disconnected = "Disconnected";

    public bool IsDisconnected => string.Equals(State, Disconnected, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the server says about a command of a shell.</summary>
/// <param name="State">As text, e.g. <c>Running</c>.</param>
internal sealed record CommandDescription(CommandId Id, string? State);
