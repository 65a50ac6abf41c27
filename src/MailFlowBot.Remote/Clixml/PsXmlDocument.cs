namespace MailFlowBot.Remote.Clixml;

/// <summary>XD: the text of an XML document. It is carried, never parsed.</summary>
internal sealed record PsXmlDocument(string Text);
