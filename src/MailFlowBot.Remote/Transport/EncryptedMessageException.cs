namespace MailFlowBot.Remote.Transport;

/// <summary>An encrypted body that cannot be read or made. The message says what is wrong with it, never what is in it.</summary>
internal sealed class EncryptedMessageException(string message, Exception? inner = null) : Exception(message, inner);
