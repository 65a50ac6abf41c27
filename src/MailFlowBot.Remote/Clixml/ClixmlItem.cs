namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// One value of an exported file and the stream it was written to (<c>output</c>, <c>Error</c>, ...), if the file says so.
/// </summary>
internal sealed record ClixmlItem(string? Stream, object? Value);
