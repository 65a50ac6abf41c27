namespace MailFlowBot.Remote.Wsman;

/// <summary>Writes what a server says about shells and commands.</summary>
internal static class ShellWriter
{
    /// <summary>After Create: the reference by which the shell is spoken of, and the shell.</summary>
    public static void Created(EnvelopeWriter to, ShellDescription shell)
    {
        to.Raw("<x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><a:Address>"u8);
        to.Text(WsmanNames.Anonymous);
        to.Raw("</a:Address><a:ReferenceParameters>"u8);
        to.Element("w:ResourceURI"u8, shell.ResourceUri ?? string.Empty);
        to.Selectors(shell.Id);
        to.Raw("</a:ReferenceParameters></x:ResourceCreated>"u8);
        Shell(to, shell);
    }

    public static void Shell(EnvelopeWriter to, ShellDescription shell)
    {
        to.Open("rsp:Shell"u8);
        to.Element("rsp:ShellId"u8, shell.Id.Value);
        to.Element("rsp:Name"u8, shell.Name);
        to.Element("rsp:ResourceUri"u8, shell.ResourceUri ?? string.Empty);
        to.Element("rsp:Owner"u8, shell.Owner);
        to.Element("rsp:ClientIP"u8, shell.ClientIp);
        to.Element("rsp:IdleTimeOut"u8, shell.IdleTimeOut);
        to.Element("rsp:MaxIdleTimeOut"u8, shell.MaxIdleTimeOut);
        to.Element("rsp:State"u8, shell.State);
        to.Element("rsp:ShellRunTime"u8, shell.RunTime);
        to.Element("rsp:ShellInactivity"u8, shell.Inactivity);
        to.Close("rsp:Shell"u8);
    }

    public static void List(EnvelopeWriter to, WsmanResponse.Enumerated list)
    {
        to.Open(list.IsPull ? "n:PullResponse"u8 : "n:EnumerateResponse"u8);
        to.Attribute("xmlns:n"u8, WsmanNames.Enumeration);
        to.Element("n:EnumerationContext"u8, list.Context ?? string.Empty);

        // The optimized answer to Enumerate has the items in the namespace of WS-Management, the answer to Pull in its own.
        to.Open(list.IsPull ? "n:Items"u8 : "w:Items"u8);
        foreach (var shell in list.Shells)
            Shell(to, shell);
        foreach (var command in list.Commands)
        {
            to.Open("rsp:Command"u8);
            to.Element("rsp:CommandId"u8, command.Id.ToString());
            to.Element("rsp:CommandState"u8, command.State);
            to.Close("rsp:Command"u8);
        }

        to.Close(list.IsPull ? "n:Items"u8 : "w:Items"u8);
        if (list.Context is null)
            to.Raw(list.IsPull ? "<n:EndOfSequence/>"u8 : "<w:EndOfSequence/>"u8);
        to.Close(list.IsPull ? "n:PullResponse"u8 : "n:EnumerateResponse"u8);
    }
}
