using System.Globalization;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Writes request envelopes: the client's half (psrp brief, table of operations).</summary>
internal static class RequestWriter
{
    public static ReadOnlyMemory<byte> Write(WsmanRequest request) =>
        EnvelopeWriter.Write(to => Header(to, request), to => Body(to, request), request switch
        {
            WsmanRequest.Create create => create.CreationXml.Length,
            WsmanRequest.Command command => command.Arguments.Length,
            WsmanRequest.Send send => send.Content.Length,
            _ => 0,
        });

    private static void Header(XmlWriter to, WsmanRequest request)
    {
        var header = request.Header;
        EnvelopeWriter.Element(to, "Action", WsmanNames.Addressing, Action(request), mustUnderstand: true);
        EnvelopeWriter.Element(to, "To", WsmanNames.Addressing, header.To);
        EnvelopeWriter.Element(to, "MessageID", WsmanNames.Addressing, header.MessageId.Value);
        to.WriteStartElement("ReplyTo", WsmanNames.Addressing);
        EnvelopeWriter.Element(to, "Address", WsmanNames.Addressing, WsmanNames.Anonymous, mustUnderstand: true);
        to.WriteEndElement();
        EnvelopeWriter.Element(to, "ResourceURI", WsmanNames.Wsman, header.ResourceUri, mustUnderstand: true);
        EnvelopeWriter.Element(
            to, "MaxEnvelopeSize", WsmanNames.Wsman, header.MaxEnvelopeSize.ToString(CultureInfo.InvariantCulture), mustUnderstand: true);
        EnvelopeWriter.Element(to, "OperationTimeout", WsmanNames.Wsman, XmlConvert.ToString(header.OperationTimeout));
        Locale(to, "Locale", WsmanNames.Wsman);
        Locale(to, "DataLocale", WsmanNames.MicrosoftWsman);
        if (header.SessionId is { } session)
            EnvelopeWriter.Element(to, "SessionId", WsmanNames.MicrosoftWsman, WsmanIds.Uuid(session), mustUnderstand: false);
        if (header.Shell is { } shell)
        {
            to.WriteStartElement("SelectorSet", WsmanNames.Wsman);
            to.WriteStartElement("Selector", WsmanNames.Wsman);
            to.WriteAttributeString("Name", WsmanNames.ShellIdSelector);
            to.WriteString(shell.Value);
            to.WriteEndElement();
            to.WriteEndElement();
        }

        Options(to, header.Options);
    }

    // Always en-US: the text forms of dates follow the server's culture otherwise, and day and month swap silently.
    private static void Locale(XmlWriter to, string name, string ns)
    {
        to.WriteStartElement(name, ns);
        to.WriteAttributeString("mustUnderstand", WsmanNames.Soap, "false");
        to.WriteAttributeString("xml", "lang", null, "en-US");
        to.WriteEndElement();
    }

    private static void Options(XmlWriter to, IReadOnlyList<WsmanOption> options)
    {
        if (options.Count == 0)
            return;
        to.WriteStartElement("OptionSet", WsmanNames.Wsman);
        to.WriteAttributeString("mustUnderstand", WsmanNames.Soap, "true");
        foreach (var option in options)
        {
            to.WriteStartElement("Option", WsmanNames.Wsman);
            to.WriteAttributeString("Name", option.Name);
            if (option.MustComply)
                to.WriteAttributeString("MustComply", "true");
            to.WriteString(option.Value);
            to.WriteEndElement();
        }

        to.WriteEndElement();
    }

    private static string Action(WsmanRequest request) => request switch
    {
        WsmanRequest.Create => WsmanNames.CreateAction,
        WsmanRequest.Command => WsmanNames.CommandAction,
        WsmanRequest.Receive => WsmanNames.ReceiveAction,
        WsmanRequest.Send => WsmanNames.SendAction,
        WsmanRequest.Signal => WsmanNames.SignalAction,
        WsmanRequest.Delete => WsmanNames.DeleteAction,
        WsmanRequest.Other other => other.Action,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static void Body(XmlWriter to, WsmanRequest request)
    {
        switch (request)
        {
            case WsmanRequest.Create create:
                Create(to, create);
                break;
            case WsmanRequest.Command command:
                to.WriteStartElement("CommandLine", WsmanNames.Shell);
                to.WriteAttributeString("CommandId", command.Id.ToString());
                to.WriteStartElement("Command", WsmanNames.Shell);
                to.WriteEndElement();
                to.WriteStartElement("Arguments", WsmanNames.Shell);
                EnvelopeWriter.Base64(to, command.Arguments);
                to.WriteEndElement();
                to.WriteEndElement();
                break;
            case WsmanRequest.Receive receive:
                to.WriteStartElement("Receive", WsmanNames.Shell);
                to.WriteStartElement("DesiredStream", WsmanNames.Shell);
                CommandAttribute(to, receive.CommandId);
                to.WriteString(receive.DesiredStream);
                to.WriteEndElement();
                to.WriteEndElement();
                break;
            case WsmanRequest.Send send:
                to.WriteStartElement("Send", WsmanNames.Shell);
                to.WriteStartElement("Stream", WsmanNames.Shell);
                to.WriteAttributeString("Name", send.Stream);
                CommandAttribute(to, send.CommandId);
                EnvelopeWriter.Base64(to, send.Content);
                to.WriteEndElement();
                to.WriteEndElement();
                break;
            case WsmanRequest.Signal signal:
                to.WriteStartElement("Signal", WsmanNames.Shell);
                CommandAttribute(to, signal.CommandId);
                EnvelopeWriter.Element(to, "Code", WsmanNames.Shell, signal.Code);
                to.WriteEndElement();
                break;
            case WsmanRequest.Delete or WsmanRequest.Other:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request));
        }
    }

    private static void Create(XmlWriter to, WsmanRequest.Create create)
    {
        to.WriteStartElement("Shell", WsmanNames.Shell);
        if (create.Shell is { } shell)
            to.WriteAttributeString("ShellId", shell.Value);
        if (create.Name is { } name)
            to.WriteAttributeString("Name", name);
        if (create.IdleTimeOut is { } idle)
            EnvelopeWriter.Element(to, "IdleTimeOut", WsmanNames.Shell, XmlConvert.ToString(idle));
        EnvelopeWriter.Element(to, "InputStreams", WsmanNames.Shell, create.InputStreams);
        EnvelopeWriter.Element(to, "OutputStreams", WsmanNames.Shell, create.OutputStreams);
        to.WriteStartElement(null, "creationXml", WsmanNames.PowerShell);
        EnvelopeWriter.Base64(to, create.CreationXml);
        to.WriteEndElement();
        to.WriteEndElement();
    }

    private static void CommandAttribute(XmlWriter to, CommandId? command)
    {
        if (command is { } id)
            to.WriteAttributeString("CommandId", id.ToString());
    }
}
