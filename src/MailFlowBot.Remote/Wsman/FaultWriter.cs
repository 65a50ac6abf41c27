using System.Globalization;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Writes a s:Fault as WinRM does (MS-WSMV 2.2.4, WSManFault).</summary>
internal static class FaultWriter
{
    public static void Write(EnvelopeWriter to, WsmanFault fault)
    {
        to.Raw("<s:Fault><s:Code>"u8);
        to.Element("s:Value"u8, fault.IsTimeout || fault.Code == WsmanFaultCode.ProviderFailed ? "s:Receiver" : "s:Sender");
        if (fault.Subcode is { } subcode)
        {
            to.Raw("<s:Subcode>"u8);
            to.Element("s:Value"u8, "w:" + subcode);
            to.Raw("</s:Subcode>"u8);
        }

        to.Raw("</s:Code><s:Reason><s:Text xml:lang=\"en-US\">"u8);
        to.Text(fault.Text);
        to.Raw("</s:Text></s:Reason><s:Detail>"u8);
        to.Open("f:WSManFault"u8);
        to.Attribute("xmlns:f"u8, WsmanNames.WsmanFault);
        to.Attribute("Code"u8, fault.RawCode.ToString(CultureInfo.InvariantCulture));
        to.Element("f:Message"u8, fault.Text);
        to.Element("f:Owner"u8, fault.Owner);
        to.Close("f:WSManFault"u8);
        to.Element("p:Location"u8, fault.Location);
        to.Raw("</s:Detail></s:Fault>"u8);
    }
}
