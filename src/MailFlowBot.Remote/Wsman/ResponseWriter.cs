using System.Globalization;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Writes answer envelopes: the server's half.</summary>
internal static class ResponseWriter
{
    public static ReadOnlyMemory<byte> Write(WsmanResponse response) =>
        EnvelopeWriter.Write(
            to => Header(to, response),
            to => Body(to, response),
            response is WsmanResponse.Received received ? received.Blocks.Sum(block => block.Content.Length + 64) : 0);

    private static void Header(XmlWriter to, WsmanResponse response)
    {
        EnvelopeWriter.Element(to, "Action", WsmanNames.Addressing, Action(response));
        EnvelopeWriter.Element(to, "MessageID", WsmanNames.Addressing, response.MessageId.Value);
        EnvelopeWriter.Element(to, "To", WsmanNames.Addressing, WsmanNames.Anonymous);
        if (response.RelatesTo is { } related)
            EnvelopeWriter.Element(to, "RelatesTo", WsmanNames.Addressing, related.Value);
    }

    private static string Action(WsmanResponse response) => response switch
    {
        WsmanResponse.Created => WsmanNames.CreateAction + WsmanNames.ResponseSuffix,
        WsmanResponse.CommandAccepted => WsmanNames.CommandAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Received => WsmanNames.ReceiveAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Sent => WsmanNames.SendAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Signalled => WsmanNames.SignalAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Deleted => WsmanNames.DeleteAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Faulted => WsmanNames.FaultAction,
        WsmanResponse.Other other => other.Action,
        _ => throw new ArgumentOutOfRangeException(nameof(response)),
    };

    private static void Body(XmlWriter to, WsmanResponse response)
    {
        switch (response)
        {
            case WsmanResponse.Created created:
                Created(to, created.Shell);
                break;
            case WsmanResponse.CommandAccepted accepted:
                to.WriteStartElement("CommandResponse", WsmanNames.Shell);
                EnvelopeWriter.Element(to, "CommandId", WsmanNames.Shell, accepted.Id.ToString());
                to.WriteEndElement();
                break;
            case WsmanResponse.Received received:
                Received(to, received);
                break;
            case WsmanResponse.Sent:
                Empty(to, "SendResponse");
                break;
            case WsmanResponse.Signalled:
                Empty(to, "SignalResponse");
                break;
            case WsmanResponse.Faulted faulted:
                Fault(to, faulted.Fault);
                break;
            case WsmanResponse.Deleted or WsmanResponse.Other:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(response));
        }
    }

    private static void Empty(XmlWriter to, string name)
    {
        to.WriteStartElement(name, WsmanNames.Shell);
        to.WriteEndElement();
    }

    private static void Created(XmlWriter to, ShellDescription shell)
    {
        to.WriteStartElement("x", "ResourceCreated", WsmanNames.Transfer);
        EnvelopeWriter.Element(to, "Address", WsmanNames.Addressing, WsmanNames.Anonymous);
        to.WriteStartElement("ReferenceParameters", WsmanNames.Addressing);
        EnvelopeWriter.Element(to, "ResourceURI", WsmanNames.Wsman, shell.ResourceUri ?? string.Empty);
        to.WriteStartElement("SelectorSet", WsmanNames.Wsman);
        to.WriteStartElement("Selector", WsmanNames.Wsman);
        to.WriteAttributeString("Name", WsmanNames.ShellIdSelector);
        to.WriteString(shell.Id.Value);
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteEndElement();

        to.WriteStartElement("Shell", WsmanNames.Shell);
        EnvelopeWriter.Element(to, "ShellId", WsmanNames.Shell, shell.Id.Value);
        if (shell.Name is { } name)
            EnvelopeWriter.Element(to, "Name", WsmanNames.Shell, name);
        EnvelopeWriter.Element(to, "ResourceUri", WsmanNames.Shell, shell.ResourceUri ?? string.Empty);
        if (shell.Owner is { } owner)
            EnvelopeWriter.Element(to, "Owner", WsmanNames.Shell, owner);
        if (shell.IdleTimeOut is { } idle)
            EnvelopeWriter.Element(to, "IdleTimeOut", WsmanNames.Shell, XmlConvert.ToString(idle));
        if (shell.MaxIdleTimeOut is { } maxIdle)
            EnvelopeWriter.Element(to, "MaxIdleTimeOut", WsmanNames.Shell, XmlConvert.ToString(maxIdle));
        to.WriteEndElement();
    }

    private static void Received(XmlWriter to, WsmanResponse.Received received)
    {
        to.WriteStartElement("ReceiveResponse", WsmanNames.Shell);
        foreach (var block in received.Blocks)
        {
            to.WriteStartElement("Stream", WsmanNames.Shell);
            to.WriteAttributeString("Name", block.Name);
            if (block.Command is { } id)
                to.WriteAttributeString("CommandId", id.ToString());
            EnvelopeWriter.Base64(to, block.Content);
            to.WriteEndElement();
        }

        if (received.State is { } state)
        {
            to.WriteStartElement("CommandState", WsmanNames.Shell);
            if (state.Command is { } id)
                to.WriteAttributeString("CommandId", id.ToString());
            to.WriteAttributeString("State", state.State);
            if (state.ExitCode is { } exit)
                EnvelopeWriter.Element(to, "ExitCode", WsmanNames.Shell, exit.ToString(CultureInfo.InvariantCulture));
            to.WriteEndElement();
        }

        to.WriteEndElement();
    }

    private static void Fault(XmlWriter to, WsmanFault fault)
    {
        to.WriteStartElement("Fault", WsmanNames.Soap);
        to.WriteStartElement("Code", WsmanNames.Soap);
        var blame = fault.IsTimeout || fault.Code == WsmanFaultCode.ProviderFailed ? "s:Receiver" : "s:Sender";
        EnvelopeWriter.Element(to, "Value", WsmanNames.Soap, blame);
        if (fault.Subcode is { } subcode)
        {
            to.WriteStartElement("Subcode", WsmanNames.Soap);
            EnvelopeWriter.Element(to, "Value", WsmanNames.Soap, "w:" + subcode);
            to.WriteEndElement();
        }

        to.WriteEndElement();
        to.WriteStartElement("Reason", WsmanNames.Soap);
        to.WriteStartElement("Text", WsmanNames.Soap);
        to.WriteAttributeString("xml", "lang", null, "en-US");
        to.WriteString(fault.Text);
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteStartElement("Detail", WsmanNames.Soap);
        to.WriteStartElement("f", "WSManFault", WsmanNames.WsmanFault);
        to.WriteAttributeString("Code", ((uint)fault.Code).ToString(CultureInfo.InvariantCulture));
        EnvelopeWriter.Element(to, "Message", WsmanNames.WsmanFault, fault.Text);
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteEndElement();
    }
}
