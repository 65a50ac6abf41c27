namespace MailFlowBot.Channels.Web;

/// <summary>Body of <c>POST /playground/messages</c>.</summary>
/// <param name="As">Name of the cast's person who writes.</param>
/// <param name="Language">Of the page: <c>en</c> or <c>ja</c>.</param>
/// <param name="Thread">The thread to reply in; null starts a new one.</param>
/// <param name="Id">The browser's id of this message (letters, digits, hyphens): the same id twice is one message.</param>
internal sealed record PostedMessage(string? As, string? Language, string? Thread, string? Id, string? Text);

/// <summary>What the browser learns of its message.</summary>
internal sealed record PostedMessageAnswer(string Id, string Thread);
