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
            WsmanRequest.Connect connect => connect.ConnectXml.Length,
            _ => 0,
        });

    private static void Header(EnvelopeWriter to, WsmanRequest request)
    {
        if (request is WsmanRequest.Identify)
            return;
        var header = request.Header;
        to.Demanded("a:Action"u8, Action(request));
        to.Element("a:To"u8, header.To);
        to.Element("a:MessageID"u8, header.MessageId.Value);
        to.Raw("<a:ReplyTo><a:Address s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"u8);
        to.Raw("</a:Address></a:ReplyTo>"u8);
        to.Demanded("w:ResourceURI"u8, header.ResourceUri);
        to.Demanded("w:MaxEnvelopeSize"u8, XmlConvert.ToString(header.MaxEnvelopeSize));
        to.Element("w:OperationTimeout"u8, header.OperationTimeout);

        // Always en-US: the text forms of dates follow the server's culture otherwise, and day and month swap silently.
        to.Raw("<w:Locale s:mustUnderstand=\"false\" xml:lang=\"en-US\"/><p:DataLocale s:mustUnderstand=\"false\" xml:lang=\"en-US\"/>"u8);
        if (header.SessionId is { } session)
        {
            to.Raw("<p:SessionId s:mustUnderstand=\"false\">"u8);
            to.Text(WsmanIds.Uuid(session));
            to.Raw("</p:SessionId>"u8);
        }

        if (header.Shell is { } shell)
            to.Selectors(shell);
        Options(to, header.Options);
    }

    private static void Options(EnvelopeWriter to, IReadOnlyList<WsmanOption> options)
    {
        if (options.Count == 0)
            return;
        to.Raw("<w:OptionSet s:mustUnderstand=\"true\">"u8);
        foreach (var option in options)
        {
            to.Open("w:Option"u8);
            to.Attribute("Name"u8, option.Name);
            if (option.MustComply)
                to.Attribute("MustComply"u8, "true");
            to.Text(option.Value);
            to.Close("w:Option"u8);
        }

        to.Raw("</w:OptionSet>"u8);
    }

    private static string Action(WsmanRequest request) => request switch
    {
        WsmanRequest.Create => WsmanNames.CreateAction,
        WsmanRequest.Command => WsmanNames.CommandAction,
        WsmanRequest.Receive => WsmanNames.ReceiveAction,
        WsmanRequest.Send => WsmanNames.SendAction,
        WsmanRequest.Signal => WsmanNames.SignalAction,
        WsmanRequest.Delete => WsmanNames.DeleteAction,
        WsmanRequest.Disconnect => WsmanNames.DisconnectAction,
        WsmanRequest.Reconnect => WsmanNames.ReconnectAction,
        WsmanRequest.Connect => WsmanNames.ConnectAction,
        WsmanRequest.Get => WsmanNames.GetAction,
        WsmanRequest.Enumerate => WsmanNames.EnumerateAction,
        WsmanRequest.Pull => WsmanNames.PullAction,
        WsmanRequest.Other other => other.Action,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static void Body(EnvelopeWriter to, WsmanRequest request)
    {
        switch (request)
        {
            case WsmanRequest.Create create:
                Create(to, create);
                break;
            case WsmanRequest.Command command:
                to.Open("rsp:CommandLine"u8);
                to.Command(command.Id);
                to.Raw("<rsp:Command/><rsp:Arguments>"u8);
                to.Content(command.Arguments);
                to.Raw("</rsp:Arguments></rsp:CommandLine>"u8);
                break;
            case WsmanRequest.Receive receive:
                to.Raw("<rsp:Receive>"u8);
                to.Open("rsp:DesiredStream"u8);
                to.Command(receive.CommandId);
                to.Text(receive.DesiredStream);
                to.Raw("</rsp:DesiredStream></rsp:Receive>"u8);
                break;
            case WsmanRequest.Send send:
                to.Raw("<rsp:Send>"u8);
                to.Open("rsp:Stream"u8);
                to.Attribute("Name"u8, send.Stream);
                to.Command(send.CommandId);
                to.Content(send.Content);
                to.Raw("</rsp:Stream></rsp:Send>"u8);
                break;
            case WsmanRequest.Signal signal:
                to.Open("rsp:Signal"u8);
                to.Command(signal.CommandId);
                to.Element("rsp:Code"u8, signal.Code);
                to.Close("rsp:Signal"u8);
                break;
            case WsmanRequest.Disconnect disconnect:
                to.Open("rsp:Disconnect"u8);
                to.Element("rsp:IdleTimeOut"u8, disconnect.IdleTimeOut);
                to.Close("rsp:Disconnect"u8);
                break;
            case WsmanRequest.Connect connect:
                to.Open("rsp:Connect"u8);
                to.Command(connect.CommandId);
                Fragments(to, "connectXml"u8, connect.ConnectXml);
                to.Close("rsp:Connect"u8);
                break;
            case WsmanRequest.Enumerate enumerate:
                Enumerate(to, enumerate);
                break;
            case WsmanRequest.Pull pull:
                to.Raw("<n:Pull xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"u8);
                to.Element("n:EnumerationContext"u8, pull.Context);
                to.Element("n:MaxElements"u8, pull.MaxElements);
                to.Raw("</n:Pull>"u8);
                break;
            case WsmanRequest.Identify:
                to.Raw("<i:Identify xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/>"u8);
                break;
            case WsmanRequest.Delete or WsmanRequest.Get or WsmanRequest.Reconnect or WsmanRequest.Other:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request));
        }
    }

    private static void Create(EnvelopeWriter to, WsmanRequest.Create create)
    {
        to.Open("rsp:Shell"u8);
        if (create.Shell is { } shell)
            to.Attribute("ShellId"u8, shell.Value);
        if (create.Name is { } name)
            to.Attribute("Name"u8, name);
        to.Element("rsp:IdleTimeOut"u8, create.IdleTimeOut);
        to.Element("rsp:InputStreams"u8, create.InputStreams);
        to.Element("rsp:OutputStreams"u8, create.OutputStreams);
        Fragments(to, "creationXml"u8, create.CreationXml);
        to.Close("rsp:Shell"u8);
    }

    private static void Fragments(EnvelopeWriter to, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> fragments)
    {
        if (fragments.IsEmpty)
            return;
        to.Open(name);
        to.Attribute("xmlns"u8, WsmanNames.PowerShell);
        to.Content(fragments);
        to.Close(name);
    }

    // OptimizeEnumeration: the items come with the answer, and not only a context to pull them by (DSP0226 8.2.3).
    private static void Enumerate(EnvelopeWriter to, WsmanRequest.Enumerate enumerate)
    {
        to.Raw("<n:Enumerate xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><w:OptimizeEnumeration/>"u8);
        to.Element("w:MaxElements"u8, enumerate.MaxElements);
        if (enumerate.Of is { } shell)
        {
            to.Open("w:Filter"u8);
            to.Attribute("Dialect"u8, WsmanNames.SelectorFilter);
            to.Selectors(shell);
            to.Close("w:Filter"u8);
        }

        to.Raw("</n:Enumerate>"u8);
    }
}
