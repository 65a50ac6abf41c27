namespace MailFlowBot.Channels.Teams;

/// <summary>The issuer's signing keys could not be had. What was known before stays in use.</summary>
internal sealed class KeysUnreadable(string message, Exception? inner = null) : Exception(message, inner);
