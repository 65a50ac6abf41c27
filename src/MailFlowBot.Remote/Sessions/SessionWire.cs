namespace MailFlowBot.Remote.Sessions;

/// <summary>What the parts of one session share.</summary>
internal sealed record SessionWire(
    ShellLink Link, ShellRecovery Recovery, ShellClosing Closing, SessionEnd End, RemoteSessionOptions Options, TimeProvider Time);
