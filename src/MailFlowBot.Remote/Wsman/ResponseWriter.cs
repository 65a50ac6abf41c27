namespace MailFlowBot.Remote.Wsman;

/// <summary>Writes answer envelopes: the server's half.</summary>
internal static class ResponseWriter
{
    public static ReadOnlyMemory<byte> Write(WsmanResponse response) =>
        EnvelopeWriter.Write(to => Header(to, response), to => Body(to, response), response switch
        {
            WsmanResponse.Received received => received.Blocks.Sum(block => block.Content.Length + 96),
            WsmanResponse.Connected connected => connected.ConnectResponseXml.Length,
            _ => 0,
        });

    private static void Header(EnvelopeWriter to, WsmanResponse response)
    {
        if (response is WsmanResponse.Identified)
            return;
        to.Element("a:Action"u8, Action(response));
        to.Element("a:MessageID"u8, response.MessageId.Value);
        to.Element("a:To"u8, WsmanNames.Anonymous);
        to.Element("a:RelatesTo"u8, response.RelatesTo?.Value);
    }

    private static string Action(WsmanResponse response) => response switch
    {
        WsmanResponse.Created => WsmanNames.CreateAction + WsmanNames.ResponseSuffix,
        WsmanResponse.CommandAccepted => WsmanNames.CommandAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Received => WsmanNames.ReceiveAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Sent => WsmanNames.SendAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Signalled => WsmanNames.SignalAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Deleted => WsmanNames.DeleteAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Disconnected => WsmanNames.DisconnectAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Reconnected => WsmanNames.ReconnectAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Connected => WsmanNames.ConnectAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Described => WsmanNames.GetAction + WsmanNames.ResponseSuffix,
        WsmanResponse.Enumerated list => (list.IsPull ? WsmanNames.PullAction : WsmanNames.EnumerateAction) + WsmanNames.ResponseSuffix,
        WsmanResponse.Faulted => WsmanNames.FaultAction,
        WsmanResponse.Other other => other.Action,
        _ => throw new ArgumentOutOfRangeException(nameof(response)),
    };

    private static void Body(EnvelopeWriter to, WsmanResponse response)
    {
        switch (response)
        {
            case WsmanResponse.Created created:
                ShellWriter.Created(to, created.Shell);
                break;
            case WsmanResponse.CommandAccepted accepted:
                to.Raw("<rsp:CommandResponse>"u8);
                to.Element("rsp:CommandId"u8, accepted.Id.ToString());
                to.Raw("</rsp:CommandResponse>"u8);
                break;
            case WsmanResponse.Received received:
                Received(to, received);
                break;
            case WsmanResponse.Sent:
                to.Raw("<rsp:SendResponse/>"u8);
                break;
            case WsmanResponse.Signalled:
                to.Raw("<rsp:SignalResponse/>"u8);
                break;
            case WsmanResponse.Connected connected:
                Connected(to, connected.ConnectResponseXml);
                break;
            case WsmanResponse.Described described:
                ShellWriter.Shell(to, described.Shell);
                break;
            case WsmanResponse.Enumerated list:
                ShellWriter.List(to, list);
                break;
            case WsmanResponse.Identified identified:
                Identified(to, identified);
                break;
            case WsmanResponse.Faulted faulted:
                FaultWriter.Write(to, faulted.Fault);
                break;
            case WsmanResponse.Deleted or WsmanResponse.Disconnected or WsmanResponse.Reconnected or WsmanResponse.Other:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(response));
        }
    }

    private static void Received(EnvelopeWriter to, WsmanResponse.Received received)
    {
        to.Raw("<rsp:ReceiveResponse>"u8);
        foreach (var block in received.Blocks)
        {
            to.Open("rsp:Stream"u8);
            to.Attribute("Name"u8, block.Name);
            to.Command(block.Command);
            to.Content(block.Content);
            to.Close("rsp:Stream"u8);
        }

        if (received.State is { } state)
        {
            to.Open("rsp:CommandState"u8);
            to.Command(state.Command);
            to.Attribute("State"u8, state.State);
            if (state.ExitCode is { } exit)
                to.Element("rsp:ExitCode"u8, exit);
            to.Close("rsp:CommandState"u8);
        }

        to.Raw("</rsp:ReceiveResponse>"u8);
    }

    private static void Connected(EnvelopeWriter to, ReadOnlyMemory<byte> connectResponseXml)
    {
        to.Open("rsp:ConnectResponse"u8);
        if (!connectResponseXml.IsEmpty)
        {
            to.Raw("<rsp:InputStreams>stdin pr</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams>"u8);
            to.Raw("<connectResponseXml xmlns=\"http://schemas.microsoft.com/powershell\">"u8);
            to.Content(connectResponseXml);
            to.Raw("</connectResponseXml>"u8);
        }

        to.Close("rsp:ConnectResponse"u8);
    }

    private static void Identified(EnvelopeWriter to, WsmanResponse.Identified identified)
    {
        to.Raw("<i:IdentifyResponse xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"u8);
        to.Element("i:ProtocolVersion"u8, identified.ProtocolVersion);
        to.Element("i:ProductVendor"u8, identified.ProductVendor);
        to.Element("i:ProductVersion"u8, identified.ProductVersion);
        to.Open("i:SecurityProfiles"u8);
        foreach (var profile in identified.SecurityProfiles)
            to.Element("i:SecurityProfileName"u8, profile);
        to.Close("i:SecurityProfiles"u8);
        to.Raw("</i:IdentifyResponse>"u8);
    }
}
