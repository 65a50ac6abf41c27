namespace MailFlowBot.Remote.Wsman;

/// <summary>Reads request envelopes: the server's half.</summary>
internal static class RequestReader
{
    /// <exception cref="WsmanException">The bytes are no valid request.</exception>
    public static WsmanRequest Read(ReadOnlyMemory<byte> envelope) => Read(EnvelopeScanner.Read(envelope.Span));

    private static WsmanRequest Read(Envelope envelope)
    {
        if (envelope.Payload("Identify", WsmanNames.Identity) is not null)
            return new WsmanRequest.Identify();
        var action = envelope.Header("Action", WsmanNames.Addressing) ?? throw EnvelopeElement.Missing("Action");
        var header = Header(envelope);
        return action switch
        {
            WsmanNames.CreateAction => Create(header, Payload(envelope, "Shell")),
            WsmanNames.CommandAction => Command(header, Payload(envelope, "CommandLine")),
            WsmanNames.ReceiveAction => Receive(header, Payload(envelope, "Receive")),
            WsmanNames.SendAction => Send(header, Payload(envelope, "Send")),
            WsmanNames.SignalAction => Signal(header, Payload(envelope, "Signal")),
            WsmanNames.DeleteAction => new WsmanRequest.Delete(header),
            WsmanNames.GetAction => new WsmanRequest.Get(header),
            WsmanNames.ReconnectAction => new WsmanRequest.Reconnect(header),
            WsmanNames.DisconnectAction => new WsmanRequest.Disconnect(
                header, envelope.Payload("Disconnect", WsmanNames.Shell)?.Child("IdleTimeOut", WsmanNames.Shell)?.Duration()),
            WsmanNames.ConnectAction => Connect(header, Payload(envelope, "Connect")),
            WsmanNames.EnumerateAction => Enumerate(header, Payload(envelope, "Enumerate", WsmanNames.Enumeration)),
            WsmanNames.PullAction => Pull(header, Payload(envelope, "Pull", WsmanNames.Enumeration)),
            _ => new WsmanRequest.Other(header, action),
        };
    }

    private static RequestHeader Header(Envelope envelope)
    {
        MessageId? messageId = null;
        Guid? session = null;
        ShellId? selector = null;
        var to = string.Empty;
        var resource = string.Empty;
        var maxEnvelope = ShellOptions.DefaultMaxEnvelopeSize;
        var timeout = TimeSpan.FromSeconds(60);
        var options = new List<WsmanOption>();
        foreach (var at in envelope.Headers)
        {
            switch (at.Namespace, at.Name)
            {
                case (WsmanNames.Addressing, "MessageID"): messageId = new MessageId(at.Value()); break;
                case (WsmanNames.Addressing, "To"): to = at.Value(); break;
                case (WsmanNames.Wsman, "ResourceURI"): resource = at.Value(); break;
                case (WsmanNames.Wsman, "MaxEnvelopeSize"): maxEnvelope = at.Number(); break;
                case (WsmanNames.Wsman, "OperationTimeout"): timeout = Timeout(at); break;
                case (WsmanNames.MicrosoftWsman, "SessionId"): session = Uuid(at.Value()); break;
                case (WsmanNames.Wsman, "SelectorSet"): selector = ShellReader.Selected(at); break;
                case (WsmanNames.Wsman, "OptionSet"): options.AddRange(at.Children.Select(Option).OfType<WsmanOption>()); break;
                default: break;
            }
        }

        return new RequestHeader(
            messageId ?? throw EnvelopeElement.Missing("MessageID"), to, resource, maxEnvelope, timeout, session, selector, options);
    }

    private static EnvelopeElement Payload(Envelope envelope, string name, string ns = WsmanNames.Shell) =>
        envelope.Payload(name, ns) ?? throw EnvelopeElement.Missing($"<{name}> in its body");

    private static WsmanRequest.Create Create(RequestHeader header, EnvelopeElement shell) => new(
        header,
        shell.Attribute("ShellId") is { Length: > 0 } id ? new ShellId(id) : null,
        shell.Attribute("Name"),
        shell.Child("IdleTimeOut", WsmanNames.Shell)?.Duration(),
        shell.Child("InputStreams", WsmanNames.Shell)?.Value() ?? string.Empty,
        shell.Child("OutputStreams", WsmanNames.Shell)?.Value() ?? string.Empty,
        shell.Child("creationXml", WsmanNames.PowerShell)?.Content ?? default);

    private static WsmanRequest.Command Command(RequestHeader header, EnvelopeElement line)
    {
        var arguments = line.Children.Where(child => child.Is("Arguments", WsmanNames.Shell)).ToList();
        return arguments.Count == 1
            ? new WsmanRequest.Command(header, line.CommandId() ?? throw EnvelopeElement.Missing("CommandId"), arguments[0].Content)
            : throw new WsmanException(
                EnvelopeFault.BadArguments, $"CommandLine has {arguments.Count} Arguments elements; PowerShell takes exactly one.");
    }

    private static WsmanRequest.Receive Receive(RequestHeader header, EnvelopeElement receive)
    {
        var stream = receive.Child("DesiredStream", WsmanNames.Shell);
        return new WsmanRequest.Receive(header, stream?.CommandId(), stream?.Value() ?? string.Empty);
    }

    private static WsmanRequest.Send Send(RequestHeader header, EnvelopeElement send)
    {
        var streams = send.Children.Where(child => child.Is("Stream", WsmanNames.Shell)).ToList();
        return streams.Count == 1
            ? new WsmanRequest.Send(header, streams[0].Attribute("Name") ?? string.Empty, streams[0].CommandId(), streams[0].Content)
            : throw new WsmanException(EnvelopeFault.BadElement, $"Send has {streams.Count} Stream elements; one is taken.");
    }

    private static WsmanRequest.Signal Signal(RequestHeader header, EnvelopeElement signal) => new(
        header, signal.CommandId(), signal.Child("Code", WsmanNames.Shell)?.Value() ?? throw EnvelopeElement.Missing("signal Code"));

    private static WsmanRequest.Connect Connect(RequestHeader header, EnvelopeElement connect) => new(
        header, connect.CommandId(), connect.Child("connectXml", WsmanNames.PowerShell)?.Content ?? default);

    private static WsmanRequest.Enumerate Enumerate(RequestHeader header, EnvelopeElement enumerate) => new(
        header,
        enumerate.Child("Filter", WsmanNames.Wsman)?.Child("SelectorSet", WsmanNames.Wsman) is { } set ? ShellReader.Selected(set) : null,
        enumerate.Child("MaxElements", WsmanNames.Wsman)?.Number() ?? 1);

    private static WsmanRequest.Pull Pull(RequestHeader header, EnvelopeElement pull) => new(
        header,
        pull.Child("EnumerationContext", WsmanNames.Enumeration)?.Value() ?? throw EnvelopeElement.Missing("EnumerationContext"),
        pull.Child("MaxElements", WsmanNames.Enumeration)?.Number() ?? 1);

    private static WsmanOption? Option(EnvelopeElement at) => at.Is("Option", WsmanNames.Wsman) && at.Attribute("Name") is { } name
        ? new WsmanOption(name, at.Value(), at.Attribute("MustComply") is "true" or "1")
        : null;

    private static TimeSpan Timeout(EnvelopeElement at) =>
        at.Duration() is var time && time >= TimeSpan.Zero ? time : throw EnvelopeElement.Bad(at.Name, at.Value(), "no negative duration");

    private static Guid? Uuid(string value) =>
        Guid.TryParse(value.StartsWith("uuid:", StringComparison.OrdinalIgnoreCase) ? value[5..] : value, out var id) ? id : null;
}
