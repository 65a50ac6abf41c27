namespace MailFlowBot.Remote.Clixml;

/// <summary>SBK: the text of a script block. It is carried, never run.</summary>
internal sealed record PsScriptBlock(string Text);
