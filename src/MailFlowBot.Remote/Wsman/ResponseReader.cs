namespace MailFlowBot.Remote.Wsman;

/// <summary>Reads answer envelopes: the client's half.</summary>
internal static class ResponseReader
{
    /// <exception cref="WsmanException">The bytes are no valid answer.</exception>
    public static WsmanResponse Read(ReadOnlyMemory<byte> envelope) => Read(EnvelopeScanner.Read(envelope.Span));

    /// <exception cref="WsmanException">The envelope is no valid answer.</exception>
    public static WsmanResponse Read(Envelope envelope)
    {
        if (envelope.Payload("IdentifyResponse", WsmanNames.Identity) is { } identity)
            return Identified(identity);
        var id = new MessageId(envelope.Header("MessageID", WsmanNames.Addressing) ?? string.Empty);
        var related = envelope.Header("RelatesTo", WsmanNames.Addressing) is { } text ? new MessageId(text) : (MessageId?)null;
        if (envelope.Payload("Fault", WsmanNames.Soap) is { } fault)
            return new WsmanResponse.Faulted(id, related, FaultReader.Read(fault));
        return envelope.Header("Action", WsmanNames.Addressing) switch
        {
            null => throw EnvelopeElement.Missing("Action"),
            WsmanNames.ReceiveAction + WsmanNames.ResponseSuffix => Received(id, related, envelope),
            WsmanNames.CreateAction + WsmanNames.ResponseSuffix => new WsmanResponse.Created(id, related, ShellReader.Created(envelope)),
            WsmanNames.CommandAction + WsmanNames.ResponseSuffix => new WsmanResponse.CommandAccepted(id, related, Accepted(envelope)),
            WsmanNames.SendAction + WsmanNames.ResponseSuffix => new WsmanResponse.Sent(id, related),
            WsmanNames.SignalAction + WsmanNames.ResponseSuffix => new WsmanResponse.Signalled(id, related),
            WsmanNames.DeleteAction + WsmanNames.ResponseSuffix => new WsmanResponse.Deleted(id, related),
            WsmanNames.DisconnectAction + WsmanNames.ResponseSuffix => new WsmanResponse.Disconnected(id, related),
            WsmanNames.ReconnectAction + WsmanNames.ResponseSuffix => new WsmanResponse.Reconnected(id, related),
            WsmanNames.ConnectAction + WsmanNames.ResponseSuffix => new WsmanResponse.Connected(id, related, Connected(envelope)),
            WsmanNames.GetAction + WsmanNames.ResponseSuffix => Described(id, related, envelope),
            WsmanNames.EnumerateAction + WsmanNames.ResponseSuffix => Enumerated(id, related, envelope, isPull: false),
            WsmanNames.PullAction + WsmanNames.ResponseSuffix => Enumerated(id, related, envelope, isPull: true),
            var action => new WsmanResponse.Other(id, related, action),
        };
    }

    private static CommandId Accepted(Envelope envelope) =>
        envelope.Payload("CommandResponse", WsmanNames.Shell)?.Child("CommandId", WsmanNames.Shell) is { } id
            ? new CommandId(EnvelopeElement.Guid(id.Value(), "CommandId"))
            : throw EnvelopeElement.Missing("CommandId");

    private static WsmanResponse.Received Received(MessageId id, MessageId? related, Envelope envelope)
    {
        var blocks = new List<StreamBlock>();
        CommandState? state = null;
        foreach (var element in envelope.Payload("ReceiveResponse", WsmanNames.Shell)?.Children ?? [])
        {
            if (element.Is("Stream", WsmanNames.Shell))
                blocks.Add(new StreamBlock(element.Attribute("Name") ?? string.Empty, element.CommandId(), element.Content));
            else if (element.Is("CommandState", WsmanNames.Shell))
                state = State(element);
        }

        return new WsmanResponse.Received(id, related, blocks, state);
    }

    private static CommandState State(EnvelopeElement element) => new(
        element.CommandId(),
        element.Attribute("State") ?? throw EnvelopeElement.Missing("State on CommandState"),
        element.Child("ExitCode", WsmanNames.Shell)?.Number());

    private static ReadOnlyMemory<byte> Connected(Envelope envelope) =>
        envelope.Payload("ConnectResponse", WsmanNames.Shell)?.Child("connectResponseXml", WsmanNames.PowerShell)?.Content ?? default;

    // Get is also asked of other resources, the server's configuration for example.
    private static WsmanResponse Described(MessageId id, MessageId? related, Envelope envelope) =>
        envelope.Payload("Shell", WsmanNames.Shell) is { } shell
            ? new WsmanResponse.Described(id, related, ShellReader.Shell(shell))
            : new WsmanResponse.Other(id, related, WsmanNames.GetAction + WsmanNames.ResponseSuffix);

    private static WsmanResponse.Enumerated Enumerated(MessageId id, MessageId? related, Envelope envelope, bool isPull)
    {
        var name = isPull ? "PullResponse" : "EnumerateResponse";
        var list = envelope.Payload(name, WsmanNames.Enumeration) ?? throw EnvelopeElement.Missing(name);
        var shells = new List<ShellDescription>();
        var commands = new List<CommandDescription>();
        foreach (var item in Items(list))
        {
            if (item.Is("Shell", WsmanNames.Shell))
                shells.Add(ShellReader.Shell(item));
            else if (item.Is("Command", WsmanNames.Shell))
                commands.Add(ShellReader.Command(item));
        }

        // The optimized form has both in the namespace of WS-Management (DSP0226 8.2.3), the answer to a Pull in that of WS-Enumeration.
        var isOver = list.Child("EndOfSequence", WsmanNames.Wsman) is not null || list.Child("EndOfSequence", WsmanNames.Enumeration) is not null;
        var context = list.Child("EnumerationContext", WsmanNames.Enumeration)?.Value();
        return new WsmanResponse.Enumerated(id, related, shells, commands, isOver || string.IsNullOrEmpty(context) ? null : context, isPull);
    }

    private static IReadOnlyList<EnvelopeElement> Items(EnvelopeElement list) =>
        (list.Child("Items", WsmanNames.Wsman) ?? list.Child("Items", WsmanNames.Enumeration))?.Children ?? [];

    private static WsmanResponse.Identified Identified(EnvelopeElement identity)
    {
        string? version = null, vendor = null, product = null;
        var profiles = new List<string>();
        foreach (var element in identity.Children)
        {
            switch (element.Name)
            {
                case "ProtocolVersion": version = element.Value(); break;
                case "ProductVendor": vendor = element.Value(); break;
                case "ProductVersion": product = element.Value(); break;
                case "SecurityProfiles": profiles.AddRange(element.Children.Select(profile => profile.Value())); break;
                default: break;
            }
        }

        return new WsmanResponse.Identified(version ?? throw EnvelopeElement.Missing("ProtocolVersion"), vendor, product, profiles);
    }
}
